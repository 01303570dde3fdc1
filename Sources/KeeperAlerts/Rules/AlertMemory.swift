import EthPrimitives
import KeeperTransactions

/// What the rules remember from sample to sample: what happened, as long as it matters, and what came before what is seen now.
public struct AlertMemory: Codable, Sendable, Hashable {
    /// Something that happened, and is told until it is over.
    struct Happening: Codable, Sendable, Hashable {
        var kind: AlertKind
        /// What tells it from others of its kind.
        var id: String
        var text: String
        /// Unix seconds.
        var since: UInt64
        /// The period that it was about, unix seconds of its start; `nil` for what no work ends.
        var epoch: UInt64?
        /// The work that it was about.
        var tasks: [String]
    }

    /// What was known of a task.
    struct Task: Codable, Sendable, Hashable {
        /// Unix seconds since when it is due without having been done.
        var dueSince: UInt64?
        var doneEpoch: UInt64?
        /// Unix seconds at which nobody could do it last.
        var excused: UInt64?
    }

    /// A nonce that somebody else used.
    struct Foreign: Codable, Sendable, Hashable {
        var nonce: Nonce
        var hash: TransactionHash?
        /// Unix seconds.
        var since: UInt64
    }

    /// A backup's acts, since its primary was last seen to act.
    struct Acts: Codable, Sendable, Hashable {
        /// Unix seconds of the first.
        var since: UInt64
        /// The periods in which it acted, ascending, unix seconds of their starts.
        var epochs: [UInt64]
        /// Periods of others, ascending; the newest of them are kept.
        var others: [UInt64] = []
    }

    var happenings: [Happening] = []
    var tasks: [String: Task] = [:]
    var foreign: [Foreign] = []
    var acts: Acts?
    /// The wallet is known to last too short a time.
    var isLow = false
    /// Unix seconds at which the next base fee was last above the caps.
    var feeCap: UInt64?

    /// Most of each that is kept, the newest of them.
    static let most = 32

    public init() {}
}
