import EthPrimitives

/// A block that is final.
struct FinalBlock: Sendable, Hashable {
    var number: UInt64
    var hash: BlockHash
}
