internal import EthPrimitives
internal import EthTransactions

/// The machine: executes transactions one after the other on a state that it reads through a reader and changes only in memory.
///
/// Not for two threads at a time. Its buffers stay from run to run: whoever runs much keeps one.
public final class EVM {
    let state: JournaledState
    let interpreter: Interpreter

    /// The block that transactions run in.
    public var environment: BlockEnvironment {
        get { interpreter.environment }
        set {
            interpreter.environment = newValue
            interpreter.table = InstructionTable.table(newValue.fork)
        }
    }

    public init(_ environment: BlockEnvironment, reader: any StateReader) {
        state = JournaledState(reader)
        interpreter = Interpreter(environment, state)
    }

    /// Forgets all changes, and takes another state if one is given.
    public func reset(reader: (any StateReader)? = nil) {
        state.reset()
        if let reader { state.reader = reader }
    }

    /// What the transactions since the last reset left behind.
    public var changes: StateChanges { state.changes }

    /// Executes a transaction; later ones see what it did.
    /// - Parameters:
    ///   - checks: what is demanded of the transaction before it runs.
    ///   - tracing: whether the result has a tree of calls.
    /// - Throws: `EVMError`; then nothing has changed.
    public func execute(
        _ transaction: EVMTransaction, checks: TransactionChecks = .all, tracing: Bool = false
    ) throws(EVMError) -> ExecutionResult {
        guard environment.fork >= .london else { throw .unsupportedFork(environment.fork) }
        state.misses = StateMisses()
        state.beginTransaction()
        let start = state.checkpoint
        do throws(EVMError) {
            let price: Price
            do throws(InvalidTransaction) { price = try admit(transaction, checks) } catch { throw .invalidTransaction(error) }
            let result = try run(transaction, price, checks, tracing)
            state.endTransaction()
            return result
        } catch {
            state.revert(to: start)
            state.endTransaction()
            throw error
        }
    }

    private func run(
        _ transaction: EVMTransaction, _ price: Price, _ checks: TransactionChecks, _ tracing: Bool
    ) throws(EVMError) -> ExecutionResult {
        interpreter.begin(transaction, price.perGas, tracing: tracing)
        let sender = state.loaded(transaction.sender)
        let pays = checks.contains(.funds)
        if pays { state.setBalance(sender, state.accounts[sender].balance &- price.upfront) }
        warm(transaction, sender)
        let nonce = state.accounts[sender].nonce
        state.setNonce(sender, nonce &+ 1)
        if let list = transaction.authorizationList { state.apply(list, environment.chainID) }

        let gas = transaction.gasLimit - price.intrinsic.standard
        let outermost = try interpreter.run(transaction, sender, nonce, gas)
        let spent = transaction.gasLimit - outermost.gas
        // Refunds of authorizations stay when the call fails (EIP-7702).
        let refunded = min(Gas(clamping: max(0, state.refund)), spent / 5)
        let used = max(spent - refunded, price.intrinsic.floor)
        if pays { settle(transaction, sender, used, price) }
        return ExecutionResult(
            outcome: outermost.outcome, gasUsed: used, gasRefunded: refunded, gasSpent: max(spent, price.intrinsic.floor),
            output: outermost.output, createdAddress: outermost.created, logs: state.events, touched: state.touched,
            misses: state.misses, trace: interpreter.tracer?.finished)
    }

    /// What is warm before the first instruction (EIP-2929, 2930, 3651, 7702).
    private func warm(_ transaction: EVMTransaction, _ sender: Int) {
        _ = state.warm(sender)
        if environment.fork >= .shanghai { _ = state.warm(state.place(of: environment.feeRecipient)) }
        for entry in transaction.accessList.entries {
            let account = state.place(of: entry.address)
            _ = state.warm(account)
            for key in entry.storageKeys { _ = state.warmSlot(state.unreadSlot(account, UInt256(bigEndian: key))) }
        }
        guard let recipient = transaction.recipient else { return }
        _ = state.warm(state.loaded(recipient))
    }

    /// Gives back what was not used, and the block's producer their part.
    private func settle(_ transaction: EVMTransaction, _ sender: Int, _ used: Gas, _ price: Price) {
        let back = price.perGas &* UInt256(transaction.gasLimit - used)
        state.setBalance(sender, state.accounts[sender].balance &+ back)
        let producer = state.loaded(environment.feeRecipient)
        state.touch(producer)
        let base = environment.baseFeePerGas.rawValue
        let tip = price.perGas > base ? price.perGas &- base : .zero
        state.setBalance(producer, state.accounts[producer].balance &+ tip &* UInt256(used))
    }
}
