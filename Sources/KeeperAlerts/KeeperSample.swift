public import EthPrimitives
public import KeeperCore
public import KeeperTransactions

/// How a keeper stands at a moment: all that the rules of its alerts look at.
public struct KeeperSample: Sendable, Hashable {
    /// Unix seconds of the keeper's clock.
    public var now: UInt64
    /// The newest head that was acted on; `nil` before the first.
    public var head: Head?
    /// Since when no node has given a head that can be acted on, unix seconds; `nil` while one does. Nothing is known of the chain then.
    public var blindSince: UInt64?
    /// What is wrong with single nodes.
    public var nodes: [Node] = []
    public var work: [Work] = []
    public var wallet: Wallet?
    public var inFlight: [InFlight] = []
    /// Until when an operator paused the keeper, and since when, unix seconds; `nil` while it is not.
    public var pause: Pause?
    /// What the keeper and its runner say at this head: true as long as they say it.
    public var told: [Alert] = []
    /// What goes wrong here as long as it does: store, signer, the records.
    public var troubles: [Trouble] = []
    /// What happened since the sample before.
    public var events: [Event] = []

    public init(now: UInt64) { self.now = now }

    public struct Head: Sendable, Hashable {
        public var number: UInt64
        public var hash: BlockHash
        /// Unix seconds.
        public var timestamp: UInt64

        public init(number: UInt64, hash: BlockHash, timestamp: UInt64) {
            (self.number, self.hash, self.timestamp) = (number, hash, timestamp)
        }
    }

    public struct Node: Sendable, Hashable {
        public var label: String
        /// Why its answers are of no use, or should not be believed; `nil` while all is well.
        public var problem: String?

        public init(label: String, problem: String?) { (self.label, self.problem) = (label, problem) }
    }

    /// A piece of work that comes again and again, such as an oracle's poke.
    public typealias Work = KeeperCore.Work

    public struct Wallet: Sendable, Hashable {
        public var balance: Wei
        /// What one transaction may reserve at most: gas limit times cap.
        public var reserve: Wei
        /// What transactions cost on an average day of late; `nil` while that is not known.
        public var costPerDay: Wei?

        public init(balance: Wei, reserve: Wei, costPerDay: Wei?) {
            (self.balance, self.reserve, self.costPerDay) = (balance, reserve, costPerDay)
        }
    }

    public struct InFlight: Sendable, Hashable {
        public var nonce: Nonce
        public var intent: IntentID?
        public var hash: TransactionHash
        /// Unix seconds of the head at which it was first handed to nodes.
        public var since: UInt64
        /// It is in a block, which is not final yet.
        public var isMined: Bool

        public init(nonce: Nonce, intent: IntentID?, hash: TransactionHash, since: UInt64, isMined: Bool) {
            (self.nonce, self.intent, self.hash, self.since, self.isMined) = (nonce, intent, hash, since, isMined)
        }
    }

    public struct Pause: Sendable, Hashable {
        public var since: UInt64
        public var until: UInt64

        public init(since: UInt64, until: UInt64) { (self.since, self.until) = (since, until) }
    }

    public struct Trouble: Sendable, Hashable {
        public enum Kind: Sendable, Hashable { case store, signer, records, account, wallet, feeCap, chainUndone }
        public var kind: Kind
        public var text: String
        /// Unix seconds.
        public var since: UInt64

        public init(_ kind: Kind, _ text: String, since: UInt64) { (self.kind, self.text, self.since) = (kind, text, since) }
    }

    public enum Event: Sendable, Hashable {
        /// Final: mined without the effect that it was for.
        case effectMissing(IntentID, TransactionHash, text: String)
        /// Every try that a wish has was mined without effect.
        case triesUsed(IntentID)
        /// A nonce of ours is used by somebody else; the hash comes with certainty, once it is final.
        case foreign(nonce: Nonce, TransactionHash?)
        /// A backup's own transaction of a period, unix seconds of its start, is in a block; others may have acted in later ones.
        case actedAsBackup(epoch: UInt64)
        case reorganisation(depth: Int, abandoned: Set<BlockHash>)
    }
}
