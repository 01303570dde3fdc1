/// One row of the table of node errors.
public struct NodeErrorRow: Sendable {
    /// Who is known to say so.
    public let client: NodeClient
    /// The codes that the row is for; `nil` for any.
    public let codes: ClosedRange<Int>?
    /// What the text, in lower case, contains. `^` at the start and `$` at the end bind it to those ends of the text; `…` stands for
    /// anything in between. `^` alone, like an empty phrase, is any text: such a row goes by the code.
    public let phrase: String
    public let kind: NodeErrorKind
    private let pieces: [[UInt8]]
    private let atStart: Bool
    private let atEnd: Bool

    init(_ client: NodeClient, _ phrase: String, _ kind: NodeErrorKind, codes: ClosedRange<Int>? = nil) {
        self.client = client
        self.codes = codes
        self.phrase = phrase
        self.kind = kind
        atStart = phrase.hasPrefix("^")
        atEnd = phrase.hasSuffix("$")
        pieces = phrase.dropFirst(atStart ? 1 : 0).dropLast(atEnd ? 1 : 0).split(separator: "…").map { Array($0.utf8) }
    }

    /// Whether the row is about this code and text, which is in lower case.
    func matches(code: Int, _ text: [UInt8]) -> Bool {
        if let codes, !codes.contains(code) { return false }
        var at = 0
        for (index, piece) in pieces.enumerated() {
            let bound = index == 0 && atStart
            if index == pieces.count - 1, atEnd {
                let start = text.count - piece.count
                return start >= at && (!bound || start == 0) && text[start...].elementsEqual(piece)
            }
            guard let found = bound ? (text.starts(with: piece) ? 0 : nil) : Self.find(piece, in: text, from: at) else {
                return false
            }
            at = found + piece.count
        }
        return true
    }

    private static func find(_ piece: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard let first = piece.first, text.count >= start + piece.count else { return nil }
        for at in start...(text.count - piece.count) where text[at] == first && text[at...].starts(with: piece) { return at }
        return nil
    }
}
