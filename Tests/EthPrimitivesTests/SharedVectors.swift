import Foundation

/// Third-party test data beside the repository, absent in a plain checkout: its tests then say that they are skipped.
enum SharedVectors {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/vectors").standardized
    static let arePresent = FileManager.default.fileExists(atPath: root.path)

    static func data(_ path: String) throws -> Data { try Data(contentsOf: root.appending(path: path)) }
    static func text(_ path: String) throws -> String { String(decoding: try data(path), as: UTF8.self) }
}
