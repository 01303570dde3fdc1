/// What a journal, a node or an operator says, as a terminal may show it: some of it may be meant to move the cursor, to colour the screen
/// or to turn the direction of writing.
enum VisibleText {
    /// The text with escapes such as `\u001b` in the place of such characters; line breaks and tabs stay. Inside of JSON, where they stand
    /// in strings only, the escapes say the same.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isActive) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            guard isActive(scalar) else {
                out.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return out
    }

    private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
