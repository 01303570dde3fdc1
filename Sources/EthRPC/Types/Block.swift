public import EthCodec
public import EthPrimitives

/// A whole block that is on a chain, with its transactions or their hashes.
public struct Block: Sendable, Hashable {
    public var header: ExecutionHeader
    /// The hash that the node states; `header.hash` is the one that follows from the fields.
    public var statedHash: BlockHash
    /// Bytes of its encoding.
    public var size: UInt64
    /// Only older nodes state it.
    public var totalDifficulty: UInt256?
    public var transactions: BlockTransactions
    public var uncles: [BlockHash]
    /// `nil` before Shanghai.
    public var withdrawals: [Withdrawal]?

    package init(
        header: ExecutionHeader, statedHash: BlockHash, size: UInt64, transactions: BlockTransactions,
        withdrawals: [Withdrawal]?
    ) {
        self.header = header
        self.statedHash = statedHash
        self.size = size
        self.transactions = transactions
        self.withdrawals = withdrawals
        uncles = []
    }

    /// The members as nodes write them.
    public var json: JSON {
        var members = header.members
        members.append(.init("hash", .string(statedHash.description)))
        members.append(.init("size", Quantity.encode(size)))
        if let totalDifficulty { members.append(.init("totalDifficulty", Quantity.encode(totalDifficulty))) }
        members.append(.init("transactions", transactions.json))
        members.append(.init("uncles", .array(uncles.map { .string($0.description) })))
        if let withdrawals { members.append(.init("withdrawals", .array(withdrawals.map(\.json)))) }
        return .object(members)
    }
}

extension Block: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var header = HeaderScan()
        var (size, totalDifficulty): (UInt64?, UInt256?) = (nil, nil)
        var (transactions, uncles, withdrawals): (BlockTransactions?, [BlockHash]?, [Withdrawal]?) = (nil, nil, nil)
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 4 where name("size"): try scanner.read(&size)
            case 6 where name("uncles"): try scanner.read(&uncles)
            case 11 where name("withdrawals"): try scanner.readUnlessNull(&withdrawals)
            case 12 where name("transactions"): try scanner.read(&transactions)
            case 15 where name("totalDifficulty"): try scanner.readUnlessNull(&totalDifficulty)
            default: try header.read(name, &scanner)
            }
        }
        self.header = try header.header(members)
        statedHash = try members.require(header.hash, "hash")
        self.size = try members.require(size, "size")
        self.totalDifficulty = totalDifficulty
        self.transactions = try members.require(transactions, "transactions")
        self.uncles = try members.require(uncles, "uncles")
        self.withdrawals = withdrawals
    }
}

extension ExecutionHeader {
    /// The members as nodes write them, without the hash.
    fileprivate var members: [JSON.Member] {
        func bytes(_ name: String, _ value: some CustomStringConvertible) -> JSON.Member {
            .init(name, .string(value.description))
        }
        var members: [JSON.Member] = [
            bytes("parentHash", parentHash), bytes("sha3Uncles", sha3Uncles), .init("miner", .string(miner.hex)),
            bytes("stateRoot", stateRoot), bytes("transactionsRoot", transactionsRoot), bytes("receiptsRoot", receiptsRoot),
            bytes("logsBloom", logsBloom), .init("difficulty", Quantity.encode(difficulty)),
            .init("number", Quantity.encode(number)), .init("gasLimit", Quantity.encode(gasLimit)),
            .init("gasUsed", Quantity.encode(gasUsed)), .init("timestamp", Quantity.encode(timestamp)),
            .init("extraData", .string(Hex.encode(extraData))), bytes("mixHash", mixHash), bytes("nonce", nonce),
        ]
        if let fee = extensions.baseFeePerGas { members.append(.init("baseFeePerGas", Quantity.encode(fee.rawValue))) }
        if let root = extensions.withdrawalsRoot { members.append(bytes("withdrawalsRoot", root)) }
        if let gas = extensions.blobGasUsed { members.append(.init("blobGasUsed", Quantity.encode(gas))) }
        if let gas = extensions.excessBlobGas { members.append(.init("excessBlobGas", Quantity.encode(gas))) }
        if let root = extensions.parentBeaconBlockRoot { members.append(bytes("parentBeaconBlockRoot", root)) }
        if let hash = extensions.requestsHash { members.append(bytes("requestsHash", hash)) }
        return members
    }
}
