import EthPrimitives
import Foundation
import Glibc

/// A file that the configuration names. Nothing shows its path: whoever mixes up two keys puts a secret there.
struct ConfigFile: Sendable {
    /// Dotted path of the key.
    let key: String
    let origin: String
    private let raw: SecretText

    init(key: String, origin: String, raw: SecretText) {
        self.key = key
        self.origin = origin
        self.raw = raw
    }

    func error(_ message: String) -> ConfigError { ConfigError(key, origin: origin, message) }

    private func path() throws(ConfigError) -> String {
        if raw.reveal() == ConfigMask.text { throw error("expected the file itself: it is masked here") }
        do { return try ConfigValue.expand(raw.reveal(), origin) } catch { throw self.error(error.message) }
    }

    /// Deletes the file.
    func delete() throws(ConfigError) {
        let path = try path()
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw self.error("cannot delete the file that it names: is it mounted read-only?")
        }
    }

    /// The file's bytes.
    func bytes() throws(ConfigError) -> [UInt8] {
        try SecretFile.bytes(at: try path(), key, origin)
    }

    /// The file's text without the line break at its end, as it is otherwise: a password may begin or end with a space.
    func text() throws(ConfigError) -> SecretText {
        var bytes = try bytes()
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("expected text in UTF-8 in the file that it names")
        }
        return SecretText(text)
    }

    /// Where it is; `nil` where variables of its name are not set.
    var place: String? { try? path() }  // what is not set is told by `bytes`

    /// Whether others than its owner may do anything with the file; `false` where it is not there.
    var isExposed: Bool { place.map(Self.admitsOthers) ?? false }

    /// Whether others than its owner may do anything with a file, through whatever links it is reached. Kubernetes leaves a secret with its
    /// root, and lets this process read it as one of a group: that is as closed as it gets.
    static func admitsOthers(_ path: String) -> Bool {
        var status = stat()
        // A file that is not there is told by whoever needs it.
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & (status.st_uid == geteuid() ? 0o077 : 0o037) != 0
    }
}
