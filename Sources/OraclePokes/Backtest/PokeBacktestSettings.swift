public import EthPrimitives
public import KeeperCore

/// What a backtest of pokes is told.
public struct PokeBacktestSettings: Sendable {
    public var contracts: PokeContracts
    public var policy: FeePolicy
    /// The caps that production obeys.
    public var spending: SpendingPolicy
    public var gas: PokeGasModel
    /// Seconds of a slot.
    public var slotLength: UInt64
    /// The keeper's own address in the recording, if it sent anything there.
    public var ownAddress: Address?
    /// Wei per gas at which the saved gas is also priced.
    public var feesNow: Wei

    public init(
        contracts: PokeContracts, policy: FeePolicy, spending: SpendingPolicy, gas: PokeGasModel, slotLength: UInt64 = 3600,
        ownAddress: Address?,
        feesNow: Wei
    ) {
        self.contracts = contracts
        self.policy = policy
        self.spending = spending
        self.gas = gas
        self.slotLength = slotLength
        self.ownAddress = ownAddress
        self.feesNow = feesNow
    }
}
