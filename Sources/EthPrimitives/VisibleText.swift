/// What a journal, a node, a contract or an operator says, as a terminal may show it: some of it may be meant to move the cursor, to colour
/// the screen or to turn the direction of writing.
public enum VisibleText {
    /// The text with escapes such as `\u001b` in the place of everything that is not plainly visible; line breaks and tabs stay. Inside of
    /// JSON, where they stand in strings only, the escapes say the same.
    public static func of(_ text: String) -> String { escaped(text) { $0 != "\n" && $0 != "\t" } }

    /// The same on one line: line breaks and tabs are escaped too.
    public static func line(_ text: String) -> String { escaped(text) { _ in true } }

    private static func escaped(_ text: String, _ matters: (Unicode.Scalar) -> Bool) -> String {
        func isHidden(_ scalar: Unicode.Scalar) -> Bool { isActive(scalar) && matters(scalar) }
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            guard isHidden(scalar) else {
                out.unicodeScalars.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return out
    }

    private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7F { return scalar.value < 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
