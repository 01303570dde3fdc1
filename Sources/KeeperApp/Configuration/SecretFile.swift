import Foundation

/// A file with a secret in it, read whole. Nothing shows its path.
enum SecretFile {
    /// Larger files hold no secret.
    static let limit = 1 << 20

    /// - Throws: `ConfigError` in the name of the key: it is not there, no plain file, or too large. A pipe would be waited for.
    static func bytes(at path: String, _ key: String, _ origin: String) throws(ConfigError) -> [UInt8] {
        let unreadable = ConfigError(key, origin: origin, "cannot read the file that it names")
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        // What cannot be looked at cannot be read.
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)  // see above
        guard attributes?[.type] as? FileAttributeType == .typeRegular, let file = FileHandle(forReadingAtPath: target) else {
            throw unreadable
        }
        let data: Data
        // Of an empty file there is nothing, and no error.
        do { data = try file.read(upToCount: limit + 1) ?? Data() } catch { throw unreadable }
        guard data.count <= limit else {
            throw ConfigError(key, origin: origin, "expected a file of at most \(limit) bytes")
        }
        return Array(data)
    }
}
