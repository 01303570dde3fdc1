public import EthPrimitives

/// The block that a node would build next: it has no hash, and nobody has to agree with it.
public struct PendingBlock: Sendable, Hashable {
    public var number: UInt64
    public var parentHash: BlockHash
    /// Unix seconds.
    public var timestamp: UInt64
    public var gasLimit: Gas
    public var gasUsed: Gas
    public var baseFeePerGas: Wei?
    public var transactions: BlockTransactions
}

extension PendingBlock: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var (number, timestamp, gasLimit, gasUsed): (UInt64?, UInt64?, UInt64?, UInt64?) = (nil, nil, nil, nil)
        var (parentHash, baseFeePerGas, transactions): (B256?, Wei?, BlockTransactions?) = (nil, nil, nil)
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 6 where name("number"): try scanner.readHeight(&number)
            case 7 where name("gasUsed"): try scanner.read(&gasUsed)
            case 8 where name("gasLimit"): try scanner.read(&gasLimit)
            case 9 where name("timestamp"): try scanner.readSeconds(&timestamp)
            case 10 where name("parentHash"): try scanner.read(&parentHash)
            case 12 where name("transactions"): try scanner.read(&transactions)
            case 13 where name("baseFeePerGas"): try scanner.readUnlessNull(&baseFeePerGas)
            default: try scanner.skip()
            }
        }
        self.number = try members.require(number, "number")
        self.parentHash = try members.require(parentHash, "parentHash")
        self.timestamp = try members.require(timestamp, "timestamp")
        self.gasLimit = try members.require(gasLimit, "gasLimit")
        self.gasUsed = try members.require(gasUsed, "gasUsed")
        self.baseFeePerGas = baseFeePerGas
        self.transactions = try members.require(transactions, "transactions")
    }
}
