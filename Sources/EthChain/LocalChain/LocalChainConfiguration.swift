public import EthEVM
public import EthPrimitives
public import EthTransactions

/// How a local chain begins, and what its blocks look like unless they are told otherwise.
public struct LocalChainConfiguration: Sendable {
    public var chainID: ChainID
    /// The rules from the first block on: London or newer.
    public var fork: Fork
    /// What is there before the first block. Block hashes in it are not used.
    public var genesis: MemoryState
    /// The time of the genesis block, unix seconds.
    public var genesisTime: UInt64
    /// Of a block.
    public var gasLimit: Gas
    /// The base fee of the genesis block, wei per gas. From there on EIP-1559 has it, unless a block's is set.
    public var baseFeePerGas: Wei
    /// Seconds from a block to the next where no time is given.
    public var slot: UInt64
    /// Who gets the priority fees.
    public var feeRecipient: Address
    /// What blocks carry beside the protocol, at most 32 bytes.
    public var extraData: [UInt8]
    /// How many blobs a block holds; `nil` takes the fork's.
    public var blobSchedule: BlobSchedule?
    /// Whether headers name the real root of the state, which costs a tenth of a millisecond a block; if not, they name zero, and there are
    /// no proofs.
    public var hasStateRoots: Bool
    /// Whether the contracts of EIP-4788 and EIP-2935 are there and fed before each block, as the fork has them.
    public var hasSystemContracts: Bool
    /// Blocks that `safe` and `finalized` lie behind the head. They are short, so that tests see them move.
    public var safeDepth: UInt64
    public var finalizedDepth: UInt64
    /// Blocks behind the head whose state is kept. Memory grows with what they changed, not with their number times the state.
    public var keptStates: Int
    /// The most gas of a call (geth's `--rpc.gascap`).
    public var callGasCap: Gas
    /// The most transactions that wait.
    public var poolLimit: Int
    /// The most that a transaction sent over RPC may pay for its gas; zero for no limit (geth's `--rpc.txfeecap`).
    public var transactionFeeCap: Wei

    public init(
        chainID: ChainID = 1337, fork: Fork = .prague, genesis: MemoryState = MemoryState(),
        genesisTime: UInt64 = 1_763_192_291, gasLimit: Gas = 60_000_000, baseFeePerGas: Wei = .gwei(1)
    ) {
        self.chainID = chainID
        self.fork = fork
        self.genesis = genesis
        self.genesisTime = genesisTime
        self.gasLimit = gasLimit
        self.baseFeePerGas = baseFeePerGas
        slot = 12
        feeRecipient = Self.defaultFeeRecipient
        extraData = Array("localchain".utf8)
        hasStateRoots = true
        hasSystemContracts = false
        safeDepth = 2
        finalizedDepth = 4
        keptStates = 8_192
        callGasCap = 50_000_000
        poolLimit = 5_120
        transactionFeeCap = .ether(1)
    }

    /// 0x…0fee01, nobody's.
    public static let defaultFeeRecipient = Address(lowBytesOf: UInt256(0x0fee01).bigEndianBytes)
}
