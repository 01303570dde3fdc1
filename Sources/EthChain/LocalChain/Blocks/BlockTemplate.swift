public import EthPrimitives
public import EthRPC

/// What is decided of a block before its transactions run.
public struct BlockTemplate: Hashable, Sendable {
    /// Unix seconds; above the parent's.
    public var timestamp: UInt64
    public var feeRecipient: Address
    /// Since Paris; before, the difficulty.
    public var prevRandao: B256
    public var gasLimit: Gas
    /// Wei per gas.
    public var baseFeePerGas: Wei
    public var extraData: [UInt8]
    /// From Cancun on (EIP-4788).
    public var parentBeaconBlockRoot: B256
    /// From Shanghai on, paid after the transactions (EIP-4895).
    public var withdrawals: [Withdrawal]

    public init(
        timestamp: UInt64, feeRecipient: Address = LocalChainConfiguration.defaultFeeRecipient, prevRandao: B256 = B256(),
        gasLimit: Gas = 60_000_000, baseFeePerGas: Wei, extraData: [UInt8] = [], parentBeaconBlockRoot: B256 = B256(),
        withdrawals: [Withdrawal] = []
    ) {
        self.timestamp = timestamp
        self.feeRecipient = feeRecipient
        self.prevRandao = prevRandao
        self.gasLimit = gasLimit
        self.baseFeePerGas = baseFeePerGas
        self.extraData = extraData
        self.parentBeaconBlockRoot = parentBeaconBlockRoot
        self.withdrawals = withdrawals
    }
}
