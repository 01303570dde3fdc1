import EthPrimitives
import Foundation

/// A secret that stands in the configuration or in a file that it names; read only by whoever needs it.
public struct ConfigReference: Sendable {
    let key: String
    let text: SecretText
    let isFile: Bool

    /// The value, without white space around it.
    func read() throws(ConfigError) -> String {
        let text = text.reveal()
        guard isFile else { return text }
        guard let data = FileManager.default.contents(atPath: text), let value = String(data: data, encoding: .utf8) else {
            throw ConfigError(key, "cannot read \(text)")
        }
        return value.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
