/// Text that came from a node or something in between, made fit for people's eyes.
enum NodeText {
    /// Characters that an excerpt has at most.
    static let limit = 300
    /// Runs of letters and digits of this length are no words: keys, tokens and hashes.
    private static let tokenLength = 20

    /// One line of at most 300 characters, without control and formatting characters, URLs, and what may be a key or a token.
    static func excerpt(_ text: String) -> String {
        // What is cut away later costs nothing: a body of a gigabyte is not looked at beyond this.
        let head = text.unicodeScalars.prefix(4 * limit)
        var line = ""
        for scalar in head { line.unicodeScalars.append(isVisible(scalar) ? scalar : " ") }
        let clean = withoutTokens(withoutURLs(line))
        let isWhole = clean.count <= limit && head.count == text.unicodeScalars.prefix(4 * limit + 1).count
        return isWhole ? clean : String(clean.prefix(limit)) + "…"
    }

    /// The whole text without URLs and what may be a key or a token.
    static func withoutSecrets(_ text: String) -> String { withoutTokens(withoutURLs(text)) }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        // Nearly every text is ASCII, for which the tables of Unicode are a slow way to the same answer.
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7f }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }

    /// Servers like to repeat the URL that they were asked at, and its path is a key.
    private static func withoutURLs(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            let before = rest[..<scheme.lowerBound]
            let kept = before.dropLast(before.reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") }.count)
            out += kept + "<url>"
            rest = rest[scheme.upperBound...].drop { !$0.isWhitespace && !"\"'<>)],".contains($0) }
        }
        return out + rest
    }

    private static func withoutTokens(_ text: String) -> String {
        var out = ""
        var run = ""
        for character in text {
            if let byte = character.asciiValue, isPartOfToken(byte) {
                run.append(character)
            } else {
                out += visible(run, after: out)
                run = ""
                out.append(character)
            }
        }
        return out + visible(run, after: out)
    }

    private static func isPartOfToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// A run of letters and digits as it may be shown. Hexadecimal with its prefix is an address, a hash or data: not secret.
    private static func visible(_ run: String, after text: String) -> String {
        if run.count >= 6, isNamedSecret(run, after: text.suffix(24).lowercased()) { return "<secret>" }
        guard run.count >= tokenLength, !run.hasPrefix("0x"), run.contains(where: \.isNumber), run.contains(where: \.isLetter)
        else {
            return run
        }
        // 64 hexadecimal digits may be a hash that the reader wants to recognise, or a key: so few of them betray none.
        return run.count == 64 && run.allSatisfy(\.isHexDigit) ? "\(run.prefix(8))…" : "<secret>"
    }

    /// Whether what stands before says that a key follows, as in `apikey=`, `token: ` or `"secret":"`; a token in several pieces
    /// goes on after a dot. A word after a colon is prose, unless there is a digit in it.
    private static func isNamedSecret(_ run: String, after text: String) -> Bool {
        if ["bearer ", "authorization: basic ", "<secret>."].contains(where: text.hasSuffix) { return true }
        let before = text.reversed().drop { " \"'".contains($0) }
        guard let sign = before.first, sign == "=" || sign == ":" else { return false }
        let isProse = sign == ":" && text.hasSuffix(" ") && !run.contains(where: \.isNumber)
        let name = String(before.dropFirst().drop { " \"'".contains($0) }.reversed())
        return !isProse && ["key", "token", "secret", "password"].contains(where: name.hasSuffix)
    }
}
