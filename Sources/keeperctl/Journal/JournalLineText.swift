import EthCodec
import KeeperCore

/// A line of a decision log for people: time, block, kind, and what it says as far as its members go.
struct JournalLineText: CustomStringConvertible {
    let description: String

    /// What stands for the kind of a line that has none.
    static let noKind = "no-kind"
    /// Of the kinds that there are, the longest has eight letters; a block has ten with its commas for the next centuries.
    private static let (kindWidth, blockWidth) = (8, 10)

    init(_ line: JSON) {
        let time = line["time"]?.uint64.map(UTC.instant) ?? ""
        let block = line["block"]?.uint64.map { Table.grouped($0) } ?? ""
        let kind = line["kind"]?.string ?? Self.noKind
        var text = time + Self.spaces(20 - time.count) + Self.spaces(2 + Self.blockWidth - block.count) + block
        let harmless = "\(ResultText(.string(kind)))"
        text += "  " + harmless + Self.spaces(Self.kindWidth - harmless.count) + "  "
        text += "\(ResultText(.string(JournalWords(kind, line).description)))"
        while text.hasSuffix(" ") { text.removeLast() }
        description = text
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
