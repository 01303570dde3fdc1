public import EthPrimitives

/// Whose transactions a machine looks after, and how.
public struct MachineConfiguration: Sendable, Hashable {
    public var chainID: ChainID
    /// The signing address.
    public var account: Address
    public var policy: TransactionPolicy
    public var fees: FeeStrategy

    public init(chainID: ChainID, account: Address, policy: TransactionPolicy, fees: FeeStrategy = FeeStrategy()) {
        self.chainID = chainID
        self.account = account
        self.policy = policy
        self.policy.maxInFlight = min(max(policy.maxInFlight, 1), 16)
        self.fees = fees
    }
}
