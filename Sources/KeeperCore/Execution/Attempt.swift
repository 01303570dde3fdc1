import EthPrimitives
import EthTransactions

/// One signed form of an intent.
struct Attempt: Sendable {
    var hash: TransactionHash
    var signed: [UInt8]
    var fees: FeeCaps
    /// Height of the head at which it was last handed to the node.
    var sentAt: UInt64
}
