import EthPrimitives
import EthTransactions

/// A block that is final.
struct FinalBlock: Sendable, Hashable {
    var number: UInt64
    var hash: BlockHash
    /// The account's nonce in its state, if a node has told it.
    var used: Used?

    /// A fact that does not change; but who told it must answer for it in every view that rests on it.
    struct Used: Sendable, Hashable {
        var nonce: Nonce
        /// The node's label.
        var node: String
    }
}
