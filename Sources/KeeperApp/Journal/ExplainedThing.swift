import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions

/// What `explain` is asked about.
enum ExplainedThing: Hashable, Sendable {
    /// A time of the day: the newest such in the journal, seconds since midnight.
    case clock(UInt64)
    /// Unix seconds.
    case time(UInt64)
    case block(UInt64)
    case intent(IntentID)
    case transaction(TransactionHash)

    /// What people write: `15:00`, `2026-01-29T15:00Z`, `@` and unix seconds, a block's number, an intent's id, a transaction's hash.
    init?(text: String) {
        if let hash = try? TransactionHash(hex: text) {  // anything else may be one of the others
            self = .transaction(hash)
        } else if let id = IntentID(text: text) {
            self = .intent(id)
        } else if let clock = Self.clock(text) {
            self = .clock(clock)
        } else {
            switch CassettePlace(text: text) {
            case .time(let time)?: self = .time(time)
            case .block(let number)?: self = .block(number)
            case nil: return nil
            }
        }
    }

    /// `15:00` or `15:00Z`.
    private static func clock(_ text: String) -> UInt64? {
        let parts = (text.hasSuffix("Z") ? text.dropLast() : text[...]).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isWholeNumber) }),
            let hour = UInt64(parts[0]),
            let minute = UInt64(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 3600 + minute * 60
    }
}

extension IntentID {
    /// As it describes itself: keeper, epoch and target with strokes between.
    init?(text: String) {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let epoch = UInt64(parts[1]), !parts[0].isEmpty, !parts[2].isEmpty else { return nil }
        self.init(keeper: String(parts[0]), target: String(parts[2]), epoch: epoch)
    }
}
