import EthPrimitives
import EthTransactions
import KeeperTransactions

/// A transaction of the account, whoever signed it. The same content has the same hash.
struct SimTransaction: Sendable {
    enum Content: Sendable, Hashable {
        /// The keeper's call for a slot.
        case call(slot: Int)
        /// To oneself, empty.
        case empty
        /// Signed elsewhere with the same key.
        case foreign(Int)
    }

    let id: Int
    let hash: TransactionHash
    let nonce: Nonce
    let content: Content
    let maxFee: UInt64
    let tip: UInt64
    let gasLimit: Gas
    /// The blocks that hold it, of all forks.
    var blocks: [Int] = []

    var bytes: Bytes { Bytes(hash.bytes) }
    /// The most that it can cost.
    var reserve: UInt64 { maxFee * gasLimit }

    /// The tip that a block with this base fee pays; `nil` if it cannot hold the transaction.
    func tip(baseFee: UInt64) -> UInt64? { maxFee < baseFee ? nil : min(tip, maxFee - baseFee) }
}

/// A period of a target, which the keeper wants to be poked once.
struct SimSlot: Sendable, Hashable {
    let index: Int
    let target: Int
    /// Unix seconds.
    let start: UInt64
    let end: UInt64
    let deadline: UInt64

    var id: IntentID { IntentID(keeper: "sim", target: "t\(target)", epoch: UInt64(index)) }
}
