import Foundation

/// Third-party test data beside the repository, absent in a plain checkout: its tests then say that they are skipped.
enum SharedVectors {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/vectors").standardized
    static let arePresent = FileManager.default.fileExists(atPath: root.path)

    /// The file's bytes; a name that ends in `.gz` is unpacked.
    static func data(_ path: String) throws -> Data {
        let file = root.appending(path: path)
        return file.pathExtension == "gz" ? try gunzip(file) : try Data(contentsOf: file)
    }

    static func json<T: Decodable>(_ path: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: data(path))
    }

    /// One value a line.
    static func lines<T: Decodable>(_ path: String, as type: T.Type = T.self) throws -> [T] {
        try data(path).split(separator: 0x0a).map { try JSONDecoder().decode(type, from: Data($0)) }
    }

    private static func gunzip(_ file: URL) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return data
    }
}
