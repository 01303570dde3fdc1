import EthCodec
import EthPrimitives

/// Texts as YAML writes them.
enum YAMLText {
    /// Plain where nothing can be made of it but a text or a number, in double quotes otherwise, with the escapes of JSON, which are YAML's too.
    static func scalar(_ text: String) -> String { isPlain(text) ? text : VisibleText.of(JSON.string(text).description) }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, first.isASCII, first.isLetter || first.isNumber || first == "/" else {
            return false
        }
        // Others than our reader take some of these for something else than text.
        guard !["null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()), !text.hasPrefix("0x") else {
            return false
        }
        return last != " " && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " ._/%+-".contains($0)) }
    }
}
