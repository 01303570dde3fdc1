import EthCodec
import EthRPC

/// Which lines of a decision log are asked for.
struct JournalSelection {
    /// Empty: all.
    var kinds: Set<String>
    /// `nil`: all. A line that does not say its block, or its time, where that is asked for, is in no part.
    var range: CassetteRange?

    func contains(_ line: JSON) -> Bool {
        guard kinds.isEmpty || line["kind"]?.string.map(kinds.contains) == true else { return false }
        return isIn(range?.from, line) { $0 <= $1 } && isIn(range?.to, line) { $0 >= $1 }
    }

    private func isIn(_ end: CassettePlace?, _ line: JSON, _ orders: (UInt64, UInt64) -> Bool) -> Bool {
        switch end {
        case nil: true
        case .block(let number): line["block"]?.uint64.map { orders(number, $0) } == true
        case .time(let seconds): line["time"]?.uint64.map { orders(seconds, $0) } == true
        }
    }
}
