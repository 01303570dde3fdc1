internal import EthChain
public import EthEVM
public import EthPrimitives
public import EthTransactions

/// The block of a test.
public struct StateTestEnvironment: Sendable {
    public var chainID: ChainID
    public var number: UInt64
    /// Unix seconds.
    public var timestamp: UInt64
    public var gasLimit: Gas
    public var feeRecipient: Address
    public var difficulty: UInt256
    /// Since Paris.
    public var prevRandao: UInt256?
    public var baseFeePerGas: Wei
    /// Since Cancun (EIP-4844).
    public var excessBlobGas: Gas

    /// What the suite's fillers take where a file says nothing: 10 wei.
    static let defaultBaseFee = Wei(10)

    init(_ environment: FieldValue, config: FieldValue?) throws(ConformanceError) {
        chainID = try config?.optional("chainid").map { (id) throws(ConformanceError) in ChainID(try id.uint64()) } ?? 1
        number = try environment.member("currentNumber").uint64()
        timestamp = try environment.member("currentTimestamp").uint64()
        // Limits of old tests exceed 64 bits, and are no limits.
        gasLimit = try environment.member("currentGasLimit").uint256().asUInt64 ?? .max
        feeRecipient = try environment.member("currentCoinbase").address()
        difficulty = try environment.optional("currentDifficulty")?.uint256() ?? .zero
        prevRandao = try environment.optional("currentRandom")?.uint256()
        baseFeePerGas = try environment.optional("currentBaseFee")?.wei() ?? Self.defaultBaseFee
        excessBlobGas = try environment.optional("currentExcessBlobGas")?.uint64() ?? 0
    }

    /// The block as the machine sees it, under the rules of a fork.
    public func block(_ fork: Fork) -> BlockEnvironment {
        BlockEnvironment(
            chainID: chainID, fork: fork, number: number, timestamp: timestamp, gasLimit: gasLimit, feeRecipient: feeRecipient,
            prevRandao: (fork < .paris ? difficulty : prevRandao ?? difficulty).bigEndianBytes, baseFeePerGas: baseFeePerGas,
            blobBaseFee: (fork < .prague ? BlobSchedule.cancun : .prague).baseFee(excess: excessBlobGas))
    }

    /// The hash of a block before: Keccak-256 of its number in decimal digits, for there is no chain.
    static func blockHash(_ number: UInt64) -> BlockHash { Keccak256.hash("\(number)") }
}
