import EthCodec
import EthPrimitives
import KeeperCore

/// What is counted of a decision log.
struct JournalTally {
    /// Where a line belongs.
    struct Place: CustomStringConvertible {
        var block: UInt64?
        /// Unix seconds.
        var time: UInt64?

        /// `nil` for a line that does not say.
        init?(_ json: JSON) {
            (block, time) = (json["block"]?.uint64, json["time"]?.uint64)
            guard block != nil || time != nil else { return nil }
        }

        var description: String {
            [block.map { "block \(Table.grouped($0))" }, time.map(UTC.instant)].compactMap { $0 }
                .joined(separator: ", ")
        }
    }

    /// The digest that the newest line should have.
    let expected: B256?
    /// The number of the line that has it, if another follows.
    private(set) var expectedLine: UInt64?
    private(set) var lines: UInt64 = 0
    private(set) var first: Place?
    private(set) var last: Place?
    private(set) var kinds: [String: UInt64] = [:]

    init(expecting digest: B256?) { expected = digest }

    mutating func count(_ line: JournalLine) {
        lines += 1
        kinds[line.json["kind"]?.string ?? JournalLineText.noKind, default: 0] += 1
        if let place = Place(line.json) { (first, last) = (first ?? place, place) }
        if let expected, lines > 1, line.json["prev"]?.string == expected.description { expectedLine = lines - 1 }
    }
}
