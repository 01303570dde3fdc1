public import EthPrimitives

/// An event that a transaction emitted, as the machine knows it: where it stands in the chain is decided elsewhere.
public struct EVMLog: Hashable, Sendable {
    public var address: Address
    public var topics: [B256]
    public var data: [UInt8]

    public init(address: Address, topics: [B256], data: [UInt8]) {
        self.address = address
        self.topics = topics
        self.data = data
    }
}
