import EthCodec
import Foundation

/// The process of the nodes as its parent sees it.
final class ServerProcess {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private(set) var ports: [Int] = []

    /// Starts it and waits for its ports.
    init(program: URL, seed: UInt64) throws {
        process.executableURL = program
        process.arguments = [SoakServers.verb, String(seed)]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        ports = try line().array?.compactMap { $0.uint64.map(Int.init) } ?? []
        guard ports.count == SoakServers.count else { throw Failure(description: "the servers did not start") }
    }

    /// Ends it.
    /// - Returns: requests, and faults by name.
    func stop() throws -> [(name: String, count: UInt64)] {
        try input.fileHandleForWriting.close()
        let counts = try line().members ?? []
        process.waitUntilExit()
        return counts.compactMap { member in member.value.uint64.map { (member.name, $0) } }
    }

    private func line() throws -> JSON {
        var bytes: [UInt8] = []
        while bytes.last != 0x0A {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1)?.first else {
                throw Failure(description: "the servers ended")
            }
            bytes.append(byte)
        }
        return try JSONScanner.parse(bytes.dropLast())
    }
}
