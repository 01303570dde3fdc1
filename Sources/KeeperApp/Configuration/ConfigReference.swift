import EthPrimitives
import Foundation

/// A secret that stands in the configuration, in a variable or in a file that it names; read only by whoever needs it.
public struct ConfigReference: Sendable {
    let key: String
    let origin: String
    let raw: SecretText
    let isFile: Bool

    /// The file that holds the value; `nil` where the value stands in the configuration, or the name's variables are not set.
    var path: String? {
        // What is not set is told by `read`.
        isFile ? try? ConfigValue.expand(raw.reveal(), origin) : nil
    }

    /// Whether the value stands in the configuration itself.
    var isWritten: Bool { !isFile && !raw.reveal().contains("${") && raw.reveal() != ConfigMask.text }

    /// The value, without white space around it.
    func read() throws(ConfigError) -> SecretText {
        let text: String
        if raw.reveal() == ConfigMask.text {
            throw ConfigError(key, origin: origin, "expected the value itself: it is masked here")
        }
        do { text = try ConfigValue.expand(raw.reveal(), origin) } catch { throw ConfigError(key, origin: origin, error.message) }
        guard isFile else { return SecretText(text) }
        guard let value = String(validating: try SecretFile.bytes(at: text, key, origin), as: UTF8.self) else {
            throw ConfigError(key, origin: origin, "expected text in UTF-8 in the file that it names")
        }
        let trimmed = value.trimmingCharacters(in: .whitespacesAndNewlines)
        // A file that is being written begins like that.
        guard !trimmed.isEmpty else { throw ConfigError(key, origin: origin, "the file that it names is empty") }
        return SecretText(trimmed)
    }
}
