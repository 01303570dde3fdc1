public import EthCodec
public import EthPrimitives

/// All fields of a receipt under the names of JSON-RPC, those of old forks and of blobs too.
///
/// `Receipt` holds what keepers use of it; this is the whole, for those who verify.
public struct ExecutionReceipt: Sendable, Hashable {
    /// What a receipt says of the execution.
    public enum Outcome: Sendable, Hashable {
        /// Since Byzantium: whether the outer call did not revert.
        case status(Bool)
        /// Before: the state root after the transaction.
        case stateRoot(B256)
    }

    /// What a transaction's blobs used and cost (EIP-4844).
    public struct BlobGas: Sendable, Hashable {
        public var used: Gas
        /// Wei per gas.
        public var price: Wei

        package init(used: Gas, price: Wei) {
            self.used = used
            self.price = price
        }
    }

    public var transactionHash: TransactionHash
    public var blockHash: BlockHash
    public var blockNumber: UInt64
    public var transactionIndex: UInt64
    public var type: UInt64
    public var from: Address
    /// `nil` for a contract creation.
    public var to: Address?
    /// The contract that was created.
    public var contractAddress: Address?
    public var outcome: Outcome
    public var gasUsed: Gas
    /// Gas of this transaction and all before it in the block.
    public var cumulativeGasUsed: Gas
    /// Wei per gas that was paid.
    public var effectiveGasPrice: Wei
    public var blobGas: BlobGas?
    public var logsBloom: FixedBytes<256>
    public var logs: [Log]

    package init(
        transactionHash: TransactionHash, blockHash: BlockHash, blockNumber: UInt64, transactionIndex: UInt64, type: UInt64,
        from: Address, to: Address?, contractAddress: Address?, outcome: Outcome, gasUsed: Gas, cumulativeGasUsed: Gas,
        effectiveGasPrice: Wei, blobGas: BlobGas?, logsBloom: FixedBytes<256>, logs: [Log]
    ) {
        self.transactionHash = transactionHash
        self.blockHash = blockHash
        self.blockNumber = blockNumber
        self.transactionIndex = transactionIndex
        self.type = type
        self.from = from
        self.to = to
        self.contractAddress = contractAddress
        self.outcome = outcome
        self.gasUsed = gasUsed
        self.cumulativeGasUsed = cumulativeGasUsed
        self.effectiveGasPrice = effectiveGasPrice
        self.blobGas = blobGas
        self.logsBloom = logsBloom
        self.logs = logs
    }

    /// The members as nodes write them.
    public var json: JSON {
        let (status, root): (JSON?, JSON?) =
            switch outcome {
            case .status(let succeeded): (succeeded ? "0x1" : "0x0", nil)
            case .stateRoot(let root): (nil, .string(root.description))
            }
        return .object([
            "transactionHash": .string(transactionHash.description), "blockHash": .string(blockHash.description),
            "blockNumber": Quantity.encode(blockNumber), "transactionIndex": Quantity.encode(transactionIndex),
            "type": Quantity.encode(type), "from": .string(from.hex), "to": to.map { .string($0.hex) } ?? .null,
            "contractAddress": contractAddress.map { .string($0.hex) } ?? .null, "status": status, "root": root,
            "gasUsed": Quantity.encode(gasUsed), "cumulativeGasUsed": Quantity.encode(cumulativeGasUsed),
            "effectiveGasPrice": Quantity.encode(effectiveGasPrice.rawValue),
            "blobGasUsed": blobGas.map { Quantity.encode($0.used) },
            "blobGasPrice": blobGas.map { Quantity.encode($0.price.rawValue) },
            "logsBloom": .string(logsBloom.description), "logs": .array(logs.map(\.json)),
        ])
    }
}

extension ExecutionReceipt: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        let scan = try ReceiptScan(&scanner, &members)
        transactionHash = try members.require(scan.transactionHash, "transactionHash")
        blockHash = try members.require(scan.blockHash, "blockHash")
        blockNumber = try members.require(scan.blockNumber, "blockNumber")
        transactionIndex = try members.require(scan.transactionIndex, "transactionIndex")
        type = try members.require(scan.type, "type")
        from = try members.require(scan.from, "from")
        to = scan.to
        contractAddress = scan.contractAddress
        // Some providers state a status of old receipts beside the root: the root is what the chain has.
        if let root = scan.root {
            outcome = .stateRoot(root)
        } else {
            outcome = .status(try members.require(scan.status, "status"))
        }
        gasUsed = try members.require(scan.gasUsed, "gasUsed")
        cumulativeGasUsed = try members.require(scan.cumulativeGasUsed, "cumulativeGasUsed")
        effectiveGasPrice = try members.require(scan.effectiveGasPrice, "effectiveGasPrice")
        if scan.blobGasUsed != nil || scan.blobGasPrice != nil {
            blobGas = BlobGas(
                used: try members.require(scan.blobGasUsed, "blobGasUsed"),
                price: try members.require(scan.blobGasPrice, "blobGasPrice"))
        }
        logsBloom = try members.require(scan.logsBloom, "logsBloom")
        logs = try members.require(scan.logs, "logs")
    }
}
