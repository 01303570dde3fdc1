import EthPrimitives
import EthRPC

/// A block of the world's tree of blocks, with the account's state after it.
struct SimBlock: Sendable {
    let index: Int
    let number: UInt64
    /// Itself at the root.
    let parent: Int
    let time: UInt64
    let header: BlockHeader
    /// Base fee of this block and of the next, or the going price on a chain without.
    let baseFee: UInt64
    let nextBaseFee: UInt64
    /// What the median transaction tips.
    let tip: UInt64
    let nonce: Nonce
    let balance: UInt64
    /// The slots that are poked, one bit each.
    let poked: UInt64
    /// The slots whose word of storage holds what their intents expect, one bit each.
    let written: UInt64
    let mined: [SimMined]
}

/// A transaction of the account in a block.
struct SimMined: Sendable {
    let transaction: Int
    let succeeded: Bool
    let hasEffect: Bool
    let gasUsed: Gas
    /// Wei per gas.
    let price: UInt64

    var cost: UInt64 { gasUsed * price }
}
