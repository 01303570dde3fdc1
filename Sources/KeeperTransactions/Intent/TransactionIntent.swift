public import EthPrimitives
public import EthTransactions

/// What a keeper wants on chain, and what must be true afterwards.
public struct TransactionIntent: Codable, Sendable, Hashable {
    public var id: IntentID
    public var to: Address
    public var data: Bytes
    public var gasLimit: Gas
    /// What the transaction is expected to use.
    public var gasExpected: Gas
    public var fees: FeeCaps
    /// Base fee expected at inclusion.
    public var baseFeePerGas: Wei
    /// Logs that the receipt and words that storage must show; status 1 alone proves nothing.
    public var effects: [ExpectedEffect]
    /// Unix seconds after which the wish is late.
    public var deadline: UInt64
    /// Mined attempts allowed in this epoch.
    public var maxAttempts: Int
    /// What the transaction announces (EIP-2930): for each form of the intent the same, and on chains without a base fee nothing. Empty
    /// for most.
    public var accessList: AccessList

    public init(
        id: IntentID, to: Address, data: Bytes, gasLimit: Gas, gasExpected: Gas, fees: FeeCaps, baseFeePerGas: Wei,
        effects: [ExpectedEffect], deadline: UInt64, maxAttempts: Int, accessList: AccessList = []
    ) {
        self.id = id
        self.to = to
        self.data = data
        self.gasLimit = gasLimit
        self.gasExpected = gasExpected
        self.fees = fees
        self.baseFeePerGas = baseFeePerGas
        self.effects = effects
        self.deadline = deadline
        self.maxAttempts = maxAttempts
        self.accessList = accessList
    }

    /// What the wallet must hold: limit × cap, refunded down to the actual cost.
    public var reserved: Wei { fees.maxFeePerGas * gasLimit }

    /// Whether the fees admit inclusion at the expected base fee.
    public var isIncludable: Bool { baseFeePerGas <= fees.maxFeePerGas }

    /// What it should cost: expected gas × (base fee + priority fee), the price never above the cap.
    public var expectedCost: Wei { min(baseFeePerGas + fees.maxPriorityFeePerGas, fees.maxFeePerGas) * gasExpected }
}
