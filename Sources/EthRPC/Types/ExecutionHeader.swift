public import EthPrimitives

/// All fields of a block header, in the order and under the names of JSON-RPC, and the hash that they give.
///
/// `BlockHeader` holds what keepers use of it; this is the whole, for those who verify.
public struct ExecutionHeader: Sendable, Hashable {
    public let parentHash: BlockHash
    public let sha3Uncles: B256
    public let miner: Address
    public let stateRoot: B256
    public let transactionsRoot: B256
    public let receiptsRoot: B256
    public let logsBloom: FixedBytes<256>
    public let difficulty: UInt256
    public let number: UInt64
    public let gasLimit: Gas
    public let gasUsed: Gas
    /// Unix seconds.
    public let timestamp: UInt64
    public let extraData: [UInt8]
    /// Since the merge the beacon chain's randomness (EIP-4399).
    public let mixHash: B256
    public let nonce: FixedBytes<8>
    /// What later forks put behind, in their order.
    public let extensions: HeaderExtensions

    public init(
        parentHash: BlockHash, sha3Uncles: B256, miner: Address, stateRoot: B256, transactionsRoot: B256, receiptsRoot: B256,
        logsBloom: FixedBytes<256>, difficulty: UInt256, number: UInt64, gasLimit: Gas, gasUsed: Gas, timestamp: UInt64,
        extraData: [UInt8], mixHash: B256, nonce: FixedBytes<8>, extensions: HeaderExtensions
    ) {
        self.parentHash = parentHash
        self.sha3Uncles = sha3Uncles
        self.miner = miner
        self.stateRoot = stateRoot
        self.transactionsRoot = transactionsRoot
        self.receiptsRoot = receiptsRoot
        self.logsBloom = logsBloom
        self.difficulty = difficulty
        self.number = number
        self.gasLimit = gasLimit
        self.gasUsed = gasUsed
        self.timestamp = timestamp
        self.extraData = extraData
        self.mixHash = mixHash
        self.nonce = nonce
        self.extensions = extensions
    }

    /// Reads a block object, with or without its transactions.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    public init(_ reader: FieldReader) throws(RPCError) {
        parentHash = try reader.member("parentHash").b256()
        sha3Uncles = try reader.member("sha3Uncles").b256()
        miner = try reader.member("miner").address()
        stateRoot = try reader.member("stateRoot").b256()
        transactionsRoot = try reader.member("transactionsRoot").b256()
        receiptsRoot = try reader.member("receiptsRoot").b256()
        logsBloom = try reader.member("logsBloom").fixedBytes()
        difficulty = try reader.member("difficulty").quantity()
        number = try reader.member("number").uint64()
        gasLimit = try reader.member("gasLimit").uint64()
        gasUsed = try reader.member("gasUsed").uint64()
        timestamp = try reader.member("timestamp").uint64()
        extraData = try reader.member("extraData").bytes()
        mixHash = try reader.member("mixHash").b256()
        nonce = try reader.member("nonce").fixedBytes()
        let fees = try reader.optional("baseFeePerGas")?.wei()
        let withdrawals = try reader.optional("withdrawalsRoot")?.b256()
        let (used, excess) = (try reader.optional("blobGasUsed")?.uint64(), try reader.optional("excessBlobGas")?.uint64())
        let beacon = try reader.optional("parentBeaconBlockRoot")?.b256()
        let requests = try reader.optional("requestsHash")?.b256()
        do throws(HeaderExtensionError) {
            extensions = try HeaderExtensions(
                baseFeePerGas: fees, withdrawalsRoot: withdrawals, blobGasUsed: used, excessBlobGas: excess,
                parentBeaconBlockRoot: beacon, requestsHash: requests)
        } catch {
            throw RPCError(.malformedResult, "\(reader.path): \(error)")
        }
    }
}

extension FieldReader {
    fileprivate func fixedBytes<let count: Int>() throws(RPCError) -> FixedBytes<count> {
        guard let value = FixedBytes<count>(try bytes()) else { throw expected("\(count) bytes") }
        return value
    }
}
