public import EthPrimitives
public import EthTransactions

/// What instructions see of the block they run in, and the rules that hold there.
public struct BlockEnvironment: Hashable, Sendable {
    public var chainID: ChainID
    /// London or newer: older rules are not here.
    public var fork: Fork
    public var number: UInt64
    /// Unix seconds.
    public var timestamp: UInt64
    public var gasLimit: Gas
    /// Who gets the priority fees; instructions call it COINBASE.
    public var feeRecipient: Address
    /// Since Paris; before, the difficulty.
    public var prevRandao: B256
    /// Wei per gas.
    public var baseFeePerGas: Wei
    /// Wei per blob gas (EIP-7516).
    public var blobBaseFee: Wei

    public init(
        chainID: ChainID, fork: Fork, number: UInt64, timestamp: UInt64, gasLimit: Gas = 60_000_000,
        feeRecipient: Address = .zero, prevRandao: B256 = B256(), baseFeePerGas: Wei = .zero, blobBaseFee: Wei = Wei(1)
    ) {
        self.chainID = chainID
        self.fork = fork
        self.number = number
        self.timestamp = timestamp
        self.gasLimit = gasLimit
        self.feeRecipient = feeRecipient
        self.prevRandao = prevRandao
        self.baseFeePerGas = baseFeePerGas
        self.blobBaseFee = blobBaseFee
    }
}
