public import EthEVM
public import EthPrimitives
public import EthRPC
internal import EthTransactions

/// Transactions that are to be executed in memory, one after the other, on the state of a block: what would become of them.
public struct Rehearsal: Sendable {
    /// In which block they stand.
    public enum Place: Sendable, Hashable {
        /// In the one after the state's block, as `eth_simulateV1` has it: 12 seconds later unless the overrides say otherwise.
        case nextBlock(BlockOverrides)
        /// In a block that is known, whose state is its parent's: that of a mined transaction.
        case block(PinnedBlock)
    }

    public var transactions: [EVMTransaction]
    public var place: Place
    /// Accounts as they are wanted instead of as they are.
    public var accounts: StateOverrides
    public var checks: TransactionChecks
    /// Whether results have a tree of calls.
    public var tracing: Bool
    /// What the same call touched before; empty if nothing is known.
    public var pattern: AccessPattern

    public init(
        _ transactions: [EVMTransaction], in place: Place = .nextBlock(BlockOverrides()), accounts: StateOverrides = [:],
        checks: TransactionChecks = .call, tracing: Bool = true, pattern: AccessPattern = AccessPattern()
    ) {
        self.transactions = transactions
        self.place = place
        self.accounts = accounts
        self.checks = checks
        self.tracing = tracing
        self.pattern = pattern
    }

    /// The most gas that a transaction may have in a block: its limit, 2^24 from Osaka (EIP-7825); at most 2^26, so that a chain whose blocks
    /// have no limit to speak of does not make a machine run for hours.
    public static func ampleGas(in environment: BlockEnvironment) -> Gas {
        min(environment.gasLimit, environment.fork >= .osaka ? GasLimit.protocolCap : 1 << 26)
    }

    /// The block that they are executed in.
    func environment(on block: PinnedBlock, chain: ChainID, _ forks: ForkSchedule) throws(ForkError) -> BlockEnvironment {
        switch place {
        case .nextBlock(let overrides): try BlockEnvironment(after: block, overrides, chain: chain, forks)
        case .block(let known): try BlockEnvironment(of: known, chain: chain, forks)
        }
    }

    /// What is read whatever the transactions do, and what they announce themselves.
    func basics(_ environment: BlockEnvironment) -> StateMisses {
        var wanted = StateMisses(accounts: [environment.feeRecipient])
        for transaction in transactions {
            wanted.accounts.insert(transaction.sender)
            if let recipient = transaction.recipient { wanted.accounts.insert(recipient) }
            for entry in transaction.accessList.entries {
                wanted.accounts.insert(entry.address)
                wanted.slots[entry.address, default: []].formUnion(entry.storageKeys.map { UInt256(bigEndian: $0) })
            }
        }
        return wanted
    }
}
