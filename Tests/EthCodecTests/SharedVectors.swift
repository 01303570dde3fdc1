import EthPrimitives
import Foundation

/// Third-party test vectors beside the package, in `../shared/vectors`; suites that need them skip when they are absent.
enum SharedVectors {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/vectors").standardizedFileURL

    static let arePresent = FileManager.default.fileExists(atPath: root.path)

    /// The JSON at a path below the root, unpacked if its name ends in `.gz`.
    static func json(_ path: String) throws -> Any {
        let file = root.appendingPathComponent(path)
        guard path.hasSuffix(".gz") else { return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONSerialization.jsonObject(with: data)
    }

    /// Hexadecimal with or without prefix, as the vectors mix both.
    static func bytes(_ hex: String) throws -> [UInt8] { try Hex.decode(hex.hasPrefix("0x") ? hex : "0x" + hex) }
}
