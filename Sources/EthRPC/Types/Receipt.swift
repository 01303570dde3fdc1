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

    public init(
        transactionHash: TransactionHash, blockHash: BlockHash, blockNumber: UInt64, transactionIndex: UInt64, from: Address,
        to: Address?, succeeded: Bool, gasUsed: Gas, effectiveGasPrice: Wei, logs: [Log]
    ) {
        self.transactionHash = transactionHash
        self.blockHash = blockHash
        self.blockNumber = blockNumber
        self.transactionIndex = transactionIndex
        self.from = from
        self.to = to
        self.succeeded = succeeded
        self.gasUsed = gasUsed
        self.effectiveGasPrice = effectiveGasPrice
        self.logs = logs
    }

    /// What the transaction cost its sender.
    public var cost: Wei { effectiveGasPrice * gasUsed }
}

extension Receipt: ScannableResult {
    /// A receipt before Byzantium, which has a state root and no status, is refused: nothing is guessed in its place.
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        let scan = try ReceiptScan(&scanner, &members)
        transactionHash = try members.require(scan.transactionHash, "transactionHash")
        blockHash = try members.require(scan.blockHash, "blockHash")
        blockNumber = try members.require(scan.blockNumber, "blockNumber")
        transactionIndex = try members.require(scan.transactionIndex, "transactionIndex")
        from = try members.require(scan.from, "from")
        to = scan.to
        succeeded = try members.require(scan.status, "status")
        gasUsed = try members.require(scan.gasUsed, "gasUsed")
        effectiveGasPrice = try members.require(scan.effectiveGasPrice, "effectiveGasPrice")
        logs = try members.require(scan.logs, "logs")
    }
}
