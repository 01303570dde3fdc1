/// Texts of alerts: what nodes, contracts and configurations say comes into them.
enum AlertText {
    /// One line without control characters and marks that turn the direction of writing, of at most `limit` UTF-16 units, as which
    /// receivers count; an ellipsis stands for what was cut.
    static func line(_ text: String, _ limit: Int) -> String {
        var line = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let shown: Unicode.Scalar
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: shown = " "
            case .format, .privateUse, .unassigned: shown = "\u{FFFD}"
            default: shown = scalar
            }
            count += shown.value > 0xFFFF ? 2 : 1
            line.unicodeScalars.append(shown)
            if count > limit { return cut(line, limit) }
        }
        return line
    }

    /// At most `limit` UTF-16 units, with an ellipsis for what was cut; line breaks stay.
    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.utf16.count > limit else { return text }
        var (kept, count) = ("", 1)
        for scalar in text.unicodeScalars {
            count += scalar.value > 0xFFFF ? 2 : 1
            if count > limit { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// `45 s`, `12 min`, `3 h 20 min`, `2.1 days`
    static func duration(_ seconds: UInt64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(seconds / 86_400).\(seconds % 86_400 / 8640) days"
        }
    }
}
