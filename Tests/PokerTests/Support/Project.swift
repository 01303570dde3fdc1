import Foundation
import Glibc
import TestSupport

/// Where things are in the work tree.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let fixtures = root.appending(path: "Tests/Fixtures")
    static let shared = root.deletingLastPathComponent().appending(path: "shared")

    /// A third-party file; tests that need it are skipped where it is absent.
    static func vector(_ path: String) -> URL { shared.appending(path: "vectors/\(path)") }
    static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    /// The poker that was built with these tests.
    static var poker: URL { ProgramRun.product("poker") }

    /// A port of the loopback that nobody listens at.
    static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A new folder that nobody else uses.
    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "poker-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}

extension ProgramRun {
    static func poker(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun {
        try run(Project.poker, arguments, environment: environment)
    }
}
