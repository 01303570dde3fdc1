public import EthPrimitives

/// What a node said its newest block is.
public struct HeadSighting: Sendable, Hashable {
    public var number: UInt64
    /// `nil` where only the number was asked.
    public var hash: BlockHash?
    /// Unix seconds of the block; `nil` where only the number was asked.
    public var timestamp: UInt64?

    public init(number: UInt64, hash: BlockHash? = nil, timestamp: UInt64? = nil) {
        self.number = number
        self.hash = hash
        self.timestamp = timestamp
    }

    public init(_ header: BlockHeader) { self.init(number: header.number, hash: header.hash, timestamp: header.timestamp) }
}
