public import EthPrimitives
public import EthRPC

/// A block of the chain whose state is executed upon: what a simulation needs of its header.
public struct PinnedBlock: Hashable, Sendable {
    public var hash: BlockHash
    public var number: UInt64
    public var parentHash: BlockHash
    /// Unix seconds.
    public var timestamp: UInt64
    public var gasLimit: Gas
    public var gasUsed: Gas
    /// Wei per gas; `nil` before London.
    public var baseFeePerGas: Wei?
    /// Who got the priority fees; zero where it is not known.
    public var feeRecipient: Address
    /// Zero where it is not known.
    public var prevRandao: B256
    /// `nil` before Cancun, or where it is not known (EIP-4844).
    public var blobGasUsed: Gas?
    /// `nil` before Cancun, or where it is not known (EIP-4844).
    public var excessBlobGas: Gas?
    /// `nil` before Cancun, or where it is not known (EIP-4788).
    public var parentBeaconBlockRoot: B256?

    public init(
        hash: BlockHash, number: UInt64, parentHash: BlockHash, timestamp: UInt64, gasLimit: Gas, gasUsed: Gas = 0,
        baseFeePerGas: Wei?, feeRecipient: Address = .zero, prevRandao: B256 = B256(), blobGasUsed: Gas? = nil,
        excessBlobGas: Gas? = nil, parentBeaconBlockRoot: B256? = nil
    ) {
        self.hash = hash
        self.number = number
        self.parentHash = parentHash
        self.timestamp = timestamp
        self.gasLimit = gasLimit
        self.gasUsed = gasUsed
        self.baseFeePerGas = baseFeePerGas
        self.feeRecipient = feeRecipient
        self.prevRandao = prevRandao
        self.blobGasUsed = blobGasUsed
        self.excessBlobGas = excessBlobGas
        self.parentBeaconBlockRoot = parentBeaconBlockRoot
    }

    /// As far as keepers know a block: without its fee recipient, its randomness and its blobs.
    public init(_ header: BlockHeader) {
        self.init(
            hash: header.hash, number: header.number, parentHash: header.parentHash, timestamp: header.timestamp,
            gasLimit: header.gasLimit, gasUsed: header.gasUsed, baseFeePerGas: header.baseFeePerGas)
    }

    /// - Parameter hash: as the node states it; chains with other headers than mainnet's have hashes that do not follow from these fields.
    public init(_ header: ExecutionHeader, hash: BlockHash) {
        self.init(
            hash: hash, number: header.number, parentHash: header.parentHash, timestamp: header.timestamp,
            gasLimit: header.gasLimit, gasUsed: header.gasUsed, baseFeePerGas: header.extensions.baseFeePerGas,
            feeRecipient: header.miner, prevRandao: header.mixHash, blobGasUsed: header.extensions.blobGasUsed,
            excessBlobGas: header.extensions.excessBlobGas, parentBeaconBlockRoot: header.extensions.parentBeaconBlockRoot)
    }
}
