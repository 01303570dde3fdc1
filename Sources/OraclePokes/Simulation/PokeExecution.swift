public import EthPrimitives
public import EthTransactions

/// What our own machine says of a call that a poker could send: a fact of the block that it stands on.
public struct PokeExecution: Codable, Sendable, Hashable {
    /// What a node that simulated the whole MegaPoker said, beside what we say of the same.
    public struct NodeOpinion: Codable, Sendable, Hashable {
        /// The method that it was asked by, such as `eth_simulateV1`.
        public var method: String
        /// Gas used, or an estimate; `nil` if the node says that the call fails.
        public var gas: Gas?
        /// The same in our machine.
        public var ownGas: Gas
        /// Whether both say the same, as far as the method can tell.
        public var agrees: Bool
        /// Gas that the node says is used, or needed, beyond ours.
        public var excess: Gas

        public init(method: String, gas: Gas?, ownGas: Gas, agrees: Bool, excess: Gas) {
            self.method = method
            self.gas = gas
            self.ownGas = ownGas
            self.agrees = agrees
            self.excess = excess
        }
    }

    /// The Keccak-256 hash of the call's data: an execution counts for this call only.
    public var callHash: B256
    /// The contract that is called; `nil` in recordings of before there were calls with the same data to different contracts.
    public var target: Address?
    /// What the transaction announces: what the call touched, without what is warm anyway. `nil` where it is cheaper without.
    public var accessList: AccessList?
    /// Gas used with ample gas: what will be paid for.
    public var gasUsed: Gas
    /// The smallest limit with status 1.
    public var succeedsFrom: Gas
    /// The smallest limit from which on every effect is reached.
    public var needs: Gas
    /// Inner calls that starve at limits between the two, by name.
    public var starved: [String]
    /// Requests that were sent for it beyond the observation's own.
    public var requests: Int
    /// `nil` where no node gave an opinion.
    public var node: NodeOpinion?

    public init(
        callHash: B256, target: Address? = nil, accessList: AccessList? = nil, gasUsed: Gas, succeedsFrom: Gas, needs: Gas,
        starved: [String], requests: Int, node: NodeOpinion? = nil
    ) {
        self.callHash = callHash
        self.target = target
        self.accessList = accessList
        self.gasUsed = gasUsed
        self.succeedsFrom = succeedsFrom
        self.needs = needs
        self.starved = starved
        self.requests = requests
        self.node = node
    }

    /// The larger of our need and the node's. What a node claims may be anything: saturates at the largest amount.
    public var largerNeed: Gas {
        let (sum, overflow) = needs.addingReportingOverflow(node?.excess ?? 0)
        return overflow ? .max : sum
    }
}
