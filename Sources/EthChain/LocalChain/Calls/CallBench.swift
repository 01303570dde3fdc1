import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// A state and a block on which one call is run as often as one likes; nothing of it stays.
struct CallBench {
    let evm: EVM
    let fork: Fork
    let arguments: CallArguments

    /// - Parameters:
    ///   - block: whose state, number and time it runs at.
    ///   - reader: the state after it.
    init(
        _ core: ChainCore, _ arguments: CallArguments, at block: LocalBlock, _ reader: HistoryReader,
        accounts: StateOverrides = [:], overrides: BlockOverrides = BlockOverrides()
    ) {
        evm = core.evm
        fork = core.rules.fork
        self.arguments = arguments
        var environment = core.rules.environment(block)
        environment.apply(overrides)
        // As geth does: who offers nothing sees a base fee of nothing.
        if !arguments.isPriced { environment.baseFeePerGas = .zero }
        var reader = reader
        if !accounts.isEmpty { reader.layers.insert(StateChanges(accounts, of: reader), at: 0) }
        evm.environment = environment
        evm.reset(reader: reader)
    }

    func run(gas: Gas) throws(EVMError) -> ExecutionResult {
        evm.reset()
        return try evm.execute(arguments.transaction(gas: gas), checks: arguments.isPriced ? [.funds, .fees] : .funds)
    }

    /// Runs it with an access list of its own.
    func run(gas: Gas, _ list: AccessList) throws(EVMError) -> ExecutionResult {
        evm.reset()
        var transaction = arguments.transaction(gas: gas)
        transaction.accessList = list
        return try evm.execute(transaction, checks: arguments.isPriced ? [.funds, .fees] : .funds)
    }

    /// The sender's balance.
    func balance(_ reader: HistoryReader) -> Wei { reader.account(arguments.sender)?.balance ?? .zero }

    /// Lets go of the state.
    func leave() { evm.reset(reader: MemoryState()) }
}
