public import EthPrimitives

/// An event as a node reports it.
public struct Log: Sendable, Hashable {
    public var address: Address
    public var topics: [B256]
    public var data: [UInt8]
    public var blockHash: BlockHash
    public var blockNumber: UInt64
    public var transactionHash: TransactionHash
    /// Position among all logs of the block.
    public var logIndex: UInt64

    public init(_ reader: FieldReader) throws(RPCError) {
        address = try reader.member("address").address()
        topics = []
        for topic in try reader.member("topics").elements() { topics.append(try topic.b256()) }
        data = try reader.member("data").bytes()
        blockHash = try reader.member("blockHash").b256()
        blockNumber = try reader.member("blockNumber").height()
        transactionHash = try reader.member("transactionHash").b256()
        logIndex = try reader.member("logIndex").uint64()
    }
}
