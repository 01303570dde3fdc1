/// Source text under construction: lines with indentation, broken where they grow longer than the formatter allows.
struct SourceText {
    /// The longest line, in characters: `lineLength` of `.swift-format`.
    static let width = 130

    private(set) var text = ""
    private var depth = 0

    private var indentation: String { String(repeating: "    ", count: depth) }

    mutating func line(_ line: String = "") {
        if !line.isEmpty { text += indentation + line }
        text += "\n"
    }

    /// Lines that stand one level deeper.
    mutating func indented(_ body: (inout SourceText) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// A declaration with an indented body between braces.
    mutating func block(_ opening: String, _ body: (inout SourceText) -> Void) {
        line(opening + " {")
        indented(body)
        line("}")
    }

    /// A documentation comment; what is too long goes on in the next line, broken behind a space or a comma.
    mutating func documentation(_ comment: String) {
        for part in Self.broken(comment, width: Self.width - depth * 4 - 4) { line("/// " + part) }
    }

    /// A declaration with one expression between braces, on one line if it fits.
    mutating func computed(_ head: String, _ expression: String) {
        guard depth * 4 + head.count + expression.count + 5 > Self.width else { return line("\(head) { \(expression) }") }
        block(head) { $0.line(expression) }
    }

    /// Items between an opening and a closing text, on lines of their own if they are too many for one.
    mutating func list(_ opening: String, _ items: [String], _ closing: String, trailingComma: Bool = false) {
        let whole = opening + items.joined(separator: ", ") + closing
        guard depth * 4 + whole.count > Self.width else { return line(whole) }
        line(opening)
        indented { source in
            var row = ""
            for (index, item) in items.enumerated() {
                let told = item + (index < items.count - 1 || trailingComma ? "," : "")
                if !row.isEmpty, source.depth * 4 + row.count + 1 + told.count > Self.width {
                    source.line(row)
                    row = ""
                }
                row += (row.isEmpty ? "" : " ") + told
            }
            source.line(row)
        }
        line(closing)
    }

    /// A declaration whose value is a text, on lines of its own if it is too long. The text has nothing to escape.
    mutating func computed(_ head: String, literal: String) {
        guard (depth + 1) * 4 + literal.count + 2 > Self.width else { return computed(head, "\"\(literal)\"") }
        block(head) { source in
            source.line("\"\"\"")
            let parts = Self.broken(literal, width: Self.width - source.depth * 4 - 1)
            for (index, part) in parts.enumerated() { source.line(part + (index < parts.count - 1 ? "\\" : "")) }
            source.line("\"\"\"")
        }
    }

    /// Parts of at most `width` characters where that is possible, broken behind a space, which goes, or a comma, which stays.
    static func broken(_ text: String, width: Int) -> [String] {
        var parts: [String] = []
        var rest = Substring(text)
        while rest.count > width {
            let candidates = rest.prefix(width + 1)
            guard let end = candidates.lastIndex(of: " ") ?? rest.prefix(width).lastIndex(of: ",") else { break }
            parts.append(String(rest[end] == " " ? rest[..<end] : rest[...end]))
            rest = rest[rest.index(after: end)...]
        }
        return parts + [String(rest)]
    }
}
