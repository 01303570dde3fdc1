public import EthPrimitives
public import EthRPC

/// What one node says at one head. Everything in it must come from the same node, and what can be pinned from the state of the
/// head's hash: a view that mixes two forks may show a receipt and a finality that do not belong together.
public struct ChainView: Sendable {
    public var head: BlockHeader
    /// Number of the newest final block; on chains without finality, the head less the depth that counts as final.
    public var finalized: UInt64
    /// The account's nonce in the state of `head.hash`.
    public var nonce: Nonce
    /// The account's nonce in the state of block `finalized`.
    public var finalizedNonce: Nonce
    /// What the nodes say to come after the account's transactions in their pools, the highest of their answers: where a node shows
    /// its queue (`txpool_contentFrom`), one more than the highest nonce in it, gaps or not; else the nonce at `pending`, which
    /// shows nothing beyond a gap. `nil` if none was asked. Only used while the store is new.
    public var pendingNonce: Nonce?
    /// Of every watched hash; one that is missing is not known, as after a failed read.
    public var sightings: [TransactionHash: Sighting]
    /// Those that `TransactionMachine.wordsToRead` names for the receipts among the sightings; one that is missing was not read.
    public var words: [WordPlace: WordReading]
    /// Of the account in the state of `head.hash`; `nil` if not read.
    public var balance: Wei?
    /// `nil` if not read; the intents' own fees then stand for the market.
    public var market: FeeMarket?

    public init(
        head: BlockHeader, finalized: UInt64, nonce: Nonce, finalizedNonce: Nonce, pendingNonce: Nonce? = nil,
        sightings: [TransactionHash: Sighting] = [:], words: [WordPlace: WordReading] = [:], balance: Wei? = nil,
        market: FeeMarket? = nil
    ) {
        self.head = head
        self.finalized = finalized
        self.nonce = nonce
        self.finalizedNonce = finalizedNonce
        self.pendingNonce = pendingNonce
        self.sightings = sightings
        self.words = words
        self.balance = balance
        self.market = market
    }

    /// What became of a hash.
    public enum Sighting: Sendable {
        /// Its receipt, in the node's chain.
        case mined(Receipt)
        /// No receipt, but a node's pool has it.
        case pooled
        /// No receipt, and none of the nodes' pools has it (`eth_getTransactionByHash` is null).
        case absent
        /// No receipt; the pools were not asked.
        case unmined
    }
}
