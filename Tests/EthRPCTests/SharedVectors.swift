import Foundation
import Testing

/// Third-party data beside the package, in `../shared/vectors`; suites that need it skip when it is absent.
enum SharedVectors {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/vectors").standardizedFileURL

    static let arePresent = FileManager.default.fileExists(atPath: root.path)

    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// The bytes of a file, unpacked by the system's gzip if its name ends in `.gz`.
    static func bytes(_ name: String) throws -> [UInt8] {
        let file = root.appendingPathComponent(name)
        guard name.hasSuffix(".gz") else { return [UInt8](try Data(contentsOf: file)) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    /// The lines of a file, without empty ones.
    static func lines(_ name: String) throws -> [[UInt8]] {
        try bytes(name).split(separator: 0x0A).map { Array($0) }
    }

    /// A JSON object per line, read by Foundation: a second opinion on what our scanner reads.
    static func objects(_ name: String) throws -> [[String: Any]] {
        try lines(name).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
    }

    /// The (method, answer) pairs of the execution-apis tests below a folder.
    static func executionAPIs(_ method: String) throws -> [(name: String, answer: [UInt8])] {
        let folder = root.appendingPathComponent("execution-apis/tests/\(method)")
        var pairs: [(String, [UInt8])] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.hasPrefix("<< ") {
                pairs.append((file, Array(line.dropFirst(3).utf8)))
            }
        }
        return pairs
    }
}
