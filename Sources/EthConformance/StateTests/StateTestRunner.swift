internal import EthChain
internal import EthEVM
internal import EthPrimitives
internal import EthTransactions
internal import EthTrie

/// Runs tests, one after the other, on one machine. Not for two threads at a time.
public final class StateTestRunner {
    private var machine: EVM?

    public init() {}

    /// Runs some cases of a test.
    public func run(_ test: StateTest, _ cases: some Sequence<StateTest.Case>) -> [StateTestResult] {
        let pre = StateTestState(test.pre)
        return cases.map { item in
            guard let fork = item.fork else {
                return StateTestResult(testCase: item.id, verdict: .skipped(.fork(item.id.fork)))
            }
            return run(test, item.outcome, item.id, fork, pre)
        }
    }

    private func run(
        _ test: StateTest, _ outcome: StateTest.Outcome, _ id: StateTestCase, _ fork: Fork, _ pre: StateTestState
    ) -> StateTestResult {
        let transaction: EVMTransaction
        do throws(StateTestTransaction.Unrepresentable) {
            transaction = try test.transaction.variant(data: outcome.data, gas: outcome.gas, value: outcome.value)
        } catch {
            return judge(refused: "\(error)", names: [], outcome, id, test, pre)
        }
        let machine = self.machine(test.environment.block(fork), pre)
        do throws(EVMError) {
            let execution = try machine.execute(transaction)
            return judge(execution, machine.changes, outcome, id, pre)
        } catch {
            switch error {
            case .unsupportedPrecompile(let address):
                return StateTestResult(testCase: id, verdict: .skipped(.precompile(address)))
            case .unsupportedFork: return StateTestResult(testCase: id, verdict: .skipped(.fork(id.fork)))
            case .invalidTransaction(let reason):
                return judge(refused: "\(reason)", names: reason.suiteNames, outcome, id, test, pre)
            case .memoryLimit:
                let difference = StateTestDifference("transaction", expected: "executed", found: "aborted: \(error)")
                return StateTestResult(testCase: id, verdict: .failed([difference]))
            }
        }
    }

    private func machine(_ block: BlockEnvironment, _ pre: StateTestState) -> EVM {
        if let machine {
            machine.environment = block
            machine.reset(reader: pre)
            return machine
        }
        let machine = EVM(block, reader: pre)
        self.machine = machine
        return machine
    }

    private func judge(
        _ execution: ExecutionResult, _ changes: StateChanges, _ outcome: StateTest.Outcome, _ id: StateTestCase,
        _ pre: StateTestState
    ) -> StateTestResult {
        if let exception = outcome.expectedException {
            let difference = StateTestDifference("transaction", expected: "refused: \(exception)", found: "executed")
            return StateTestResult(testCase: id, verdict: .failed([difference]), execution: execution, changes: changes)
        }
        let root = pre.root(after: changes)
        let logs = execution.logs.hash
        if root == outcome.stateRoot, logs == outcome.logsHash {
            return StateTestResult(testCase: id, verdict: .passed, execution: execution)
        }
        var differences: [StateTestDifference] = []
        if root != outcome.stateRoot {
            if let state = outcome.state { differences = pre.accounts(after: changes).differences(from: state) }
            differences.append(
                StateTestDifference("state root", expected: "\(outcome.stateRoot)", found: "\(root)"))
        }
        if logs != outcome.logsHash {
            differences.append(StateTestDifference("logs hash", expected: "\(outcome.logsHash)", found: "\(logs)"))
        }
        return StateTestResult(testCase: id, verdict: .failed(differences), execution: execution, changes: changes)
    }

    /// - Parameter names: what the suite calls the reason; empty if any will do.
    private func judge(
        refused reason: String, names: Set<String>, _ outcome: StateTest.Outcome, _ id: StateTestCase, _ test: StateTest,
        _ pre: StateTestState
    ) -> StateTestResult {
        guard let exception = outcome.expectedException else {
            let difference = StateTestDifference("transaction", expected: "executed", found: "refused: \(reason)")
            return StateTestResult(testCase: id, verdict: .failed([difference]))
        }
        var differences: [StateTestDifference] = []
        if !InvalidTransaction.matches(names, exception) {
            differences.append(
                StateTestDifference("transaction", expected: "refused: \(exception)", found: "refused: \(reason)"))
        }
        let root = pre.rootWithoutTransaction(feeRecipient: test.environment.feeRecipient)
        if root != outcome.stateRoot {
            differences.append(StateTestDifference("state root", expected: "\(outcome.stateRoot)", found: "\(root)"))
        }
        return StateTestResult(testCase: id, verdict: differences.isEmpty ? .passed : .failed(differences))
    }
}
