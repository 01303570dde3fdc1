public import EthPrimitives

/// What became of a mined transaction. Status 1 says that the outer call did not revert, nothing of the inner ones.
public struct Receipt: Sendable, Hashable {
    public var transactionHash: TransactionHash
    public var blockHash: BlockHash
    public var blockNumber: UInt64
    public var transactionIndex: UInt64
    public var from: Address
    /// `nil` for a contract creation.
    public var to: Address?
    public var succeeded: Bool
    public var gasUsed: Gas
    /// Wei per gas that was paid.
    public var effectiveGasPrice: Wei
    public var logs: [Log]

    public init(_ reader: FieldReader) throws(RPCError) {
        transactionHash = try reader.member("transactionHash").b256()
        blockHash = try reader.member("blockHash").b256()
        blockNumber = try reader.member("blockNumber").height()
        transactionIndex = try reader.member("transactionIndex").uint64()
        from = try reader.member("from").address()
        to = try reader.optional("to")?.address()
        let status = try reader.member("status")
        switch try status.uint64() {
        case 0: succeeded = false
        case 1: succeeded = true
        default: throw status.expected("0x0 or 0x1")
        }
        gasUsed = try reader.member("gasUsed").uint64()
        effectiveGasPrice = try reader.member("effectiveGasPrice").wei()
        logs = []
        for log in try reader.member("logs").elements() { logs.append(try Log(log)) }
    }

    /// What the transaction cost its sender.
    public var cost: Wei { effectiveGasPrice * gasUsed }
}
