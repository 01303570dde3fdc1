import Foundation

/// Files that a test makes and removes.
enum TemporaryFile {
    static func path(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("kk-\(UUID().uuidString)-\(name)").path
    }

    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    static func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    /// Left-overs in a temporary folder harm nobody.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
