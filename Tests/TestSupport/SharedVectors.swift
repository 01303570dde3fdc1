import EthPrimitives
public import Foundation

/// Third-party test data beside the package, in `../shared/vectors`; suites that need it skip and say so when it is absent.
public enum SharedVectors {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/vectors").standardizedFileURL

    public static let arePresent = FileManager.default.fileExists(atPath: root.path)

    public static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// The file's bytes; a name that ends in `.gz` is unpacked by the system's gzip, so that ours is not the judge of itself.
    public static func data(_ name: String) throws -> Data {
        let file = root.appendingPathComponent(name)
        guard name.hasSuffix(".gz") else { return try Data(contentsOf: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return data
    }

    public static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try data(name)) }

    public static func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

    /// The file as Foundation reads it, into arrays and dictionaries: a second opinion on what our scanner reads.
    public static func object(_ name: String) throws -> Any { try JSONSerialization.jsonObject(with: data(name)) }

    public static func json<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: data(name))
    }

    /// The lines of a file, without empty ones.
    public static func lines(_ name: String) throws -> [[UInt8]] {
        try bytes(name).split(separator: 0x0A).map { Array($0) }
    }

    /// One value a line.
    public static func lines<T: Decodable>(_ name: String, as type: T.Type) throws -> [T] {
        try lines(name).map { try JSONDecoder().decode(type, from: Data($0)) }
    }

    /// A JSON object a line.
    public static func objects(_ name: String) throws -> [[String: Any]] {
        try lines(name).map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return object
        }
    }

    /// Names, relative to the root, of all files below a folder that end in `suffix`, sorted.
    public static func files(in folder: String, suffix: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path(folder)).filter { $0.hasSuffix(suffix) }.sorted()
            .map { folder + "/" + $0 }
    }

    /// Bytes of hexadecimal with or without prefix, as the vectors mix both.
    public static func unhex(_ text: String) throws -> [UInt8] { try Hex.decode(text.hasPrefix("0x") ? text : "0x" + text) }
}
