/// Hides URLs in a text: each part of one may be secret.
enum URLMask {
    /// The text with `<url>` in the place of each URL, up to the next white space or quotation mark.
    static func masking(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let mark = rest.firstRange(of: "://") {
            let before = rest[..<mark.lowerBound]
            let scheme = before.reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }.count
            out += before.dropLast(scheme) + "<url>"
            rest = rest[mark.upperBound...].drop { !$0.isWhitespace && !"\"'`<>".contains($0) }
        }
        return out + rest
    }
}
