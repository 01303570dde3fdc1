public import EthCodec

/// What `eth_simulateV1` is asked: blocks of calls, one on top of the other.
public struct Simulation: Sendable, Hashable {
    /// A block to be simulated.
    public struct Block: Sendable, Hashable {
        public var overrides: BlockOverrides?
        public var accounts: StateOverrides?
        public var calls: [CallRequest]?

        public init(overrides: BlockOverrides? = nil, accounts: StateOverrides? = nil, calls: [CallRequest]? = nil) {
            self.overrides = overrides
            self.accounts = accounts
            self.calls = calls
        }

        var json: JSON {
            .object([
                "blockOverrides": overrides?.json, "stateOverrides": accounts?.json,
                "calls": calls.map { .array($0.map(\.json)) },
            ])
        }
    }

    public var blocks: [Block]
    /// Whether nonces, balances and fees are checked as of real transactions.
    public var validation: Bool?
    /// Whether transfers of ether are reported as logs.
    public var traceTransfers: Bool?
    /// Whether the blocks come with whole transactions instead of their hashes.
    public var returnFullTransactions: Bool?

    public init(
        _ blocks: [Block], validation: Bool? = nil, traceTransfers: Bool? = nil, returnFullTransactions: Bool? = nil
    ) {
        self.blocks = blocks
        self.validation = validation
        self.traceTransfers = traceTransfers
        self.returnFullTransactions = returnFullTransactions
    }

    public var json: JSON {
        .object([
            "blockStateCalls": .array(blocks.map(\.json)), "validation": validation.map { .bool($0) },
            "traceTransfers": traceTransfers.map { .bool($0) },
            "returnFullTransactions": returnFullTransactions.map { .bool($0) },
        ])
    }
}
