public import EthCodec
public import EthPrimitives

/// An event as a node reports it.
public struct Log: Sendable, Hashable {
    public var address: Address
    public var topics: [B256]
    public var data: [UInt8]
    public var blockHash: BlockHash
    public var blockNumber: UInt64
    /// Unix seconds; nodes that are not of late leave it out.
    public var blockTimestamp: UInt64?
    public var transactionHash: TransactionHash
    /// `nil` where a source leaves it out; nodes state it.
    public var transactionIndex: UInt64?
    /// Position among all logs of the block.
    public var logIndex: UInt64
    /// Whether the log's block was replaced: a subscription takes the event back.
    public var removed: Bool

    public init(
        address: Address, topics: [B256], data: [UInt8], blockHash: BlockHash, blockNumber: UInt64,
        blockTimestamp: UInt64? = nil, transactionHash: TransactionHash, transactionIndex: UInt64? = nil, logIndex: UInt64,
        removed: Bool = false
    ) {
        self.address = address
        self.topics = topics
        self.data = data
        self.blockHash = blockHash
        self.blockNumber = blockNumber
        self.blockTimestamp = blockTimestamp
        self.transactionHash = transactionHash
        self.transactionIndex = transactionIndex
        self.logIndex = logIndex
        self.removed = removed
    }

    /// The members as nodes write them.
    public var json: JSON {
        .object([
            "address": .string(address.hex), "topics": .array(topics.map { .string($0.description) }),
            "data": .string(Hex.encode(data)), "blockHash": .string(blockHash.description),
            "blockNumber": Quantity.encode(blockNumber), "blockTimestamp": blockTimestamp.map(Quantity.encode),
            "transactionHash": .string(transactionHash.description), "transactionIndex": transactionIndex.map(Quantity.encode),
            "logIndex": Quantity.encode(logIndex), "removed": .bool(removed),
        ])
    }
}

extension Log: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var (address, topics, data): (Address?, [B256]?, [UInt8]?) = (nil, nil, nil)
        var (blockHash, transactionHash, removed): (B256?, B256?, Bool?) = (nil, nil, nil)
        var (blockNumber, logIndex): (UInt64?, UInt64?) = (nil, nil)
        var (blockTimestamp, transactionIndex): (UInt64?, UInt64?) = (nil, nil)
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 4 where name("data"): try scanner.read(&data)
            case 6 where name("topics"): try scanner.read(&topics)
            case 7 where name("address"): try scanner.read(&address)
            case 7 where name("removed"): try scanner.read(&removed)
            case 8 where name("logIndex"): try scanner.read(&logIndex)
            case 9 where name("blockHash"): try scanner.read(&blockHash)
            case 11 where name("blockNumber"): try scanner.readHeight(&blockNumber)
            case 14 where name("blockTimestamp"): try scanner.readUnlessNull(&blockTimestamp)
            case 15 where name("transactionHash"): try scanner.read(&transactionHash)
            case 16 where name("transactionIndex"): try scanner.readUnlessNull(&transactionIndex)
            default: try scanner.skip()
            }
        }
        self.address = try members.require(address, "address")
        self.topics = try members.require(topics, "topics")
        self.data = try members.require(data, "data")
        self.blockHash = try members.require(blockHash, "blockHash")
        self.blockNumber = try members.require(blockNumber, "blockNumber")
        self.blockTimestamp = blockTimestamp
        self.transactionHash = try members.require(transactionHash, "transactionHash")
        self.transactionIndex = transactionIndex
        self.logIndex = try members.require(logIndex, "logIndex")
        self.removed = removed ?? false
    }
}
