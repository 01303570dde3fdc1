public import EthPrimitives
public import EthTransactions

/// What our own machine says of one way of poking, beside the one that is sent: a fact of the block that it stands on.
public struct PokeAlternative: Codable, Sendable, Hashable {
    /// The contract that is called.
    public var target: Address
    /// The Keccak-256 hash of the call's data.
    public var callHash: B256
    /// What it announces; `nil` for a transaction without a list.
    public var accessList: AccessList?
    /// Gas used with ample gas.
    public var gasUsed: Gas
    /// Why it is not to be sent: it fails, or does not reach what it is for. `nil` for what reaches everything.
    public var flaw: String?

    public init(target: Address, callHash: B256, accessList: AccessList? = nil, gasUsed: Gas, flaw: String? = nil) {
        self.target = target
        self.callHash = callHash
        self.accessList = accessList
        self.gasUsed = gasUsed
        self.flaw = flaw
    }
}
