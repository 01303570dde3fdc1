public import EthPrimitives

/// The block in which something was seen.
public struct AlertEvidence: Codable, Sendable, Hashable {
    public var number: UInt64
    public var hash: BlockHash

    public init(number: UInt64, hash: BlockHash) { (self.number, self.hash) = (number, hash) }
}
