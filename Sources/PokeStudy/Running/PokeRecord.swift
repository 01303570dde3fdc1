import EthPrimitives
import KeeperTransactions

/// A poke with all that is needed to execute it again on another machine, after the one before it.
struct PokeRecord: Sendable {
    var strategy: String
    var poke: PricedPoke
    var intent: TransactionIntent
    /// Storage that changed from outside since the poke before.
    var outside: [Address: [UInt256: UInt256]]
}
