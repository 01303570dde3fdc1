internal import EthEVM
internal import EthPrimitives
internal import EthTransactions

/// Executes one transaction of a rehearsal at many gas limits, on one machine and without a request.
final class LimitSearch {
    /// What ends a search early.
    enum Stop: Error {
        /// At a smaller limit the transaction went a way on which it read what is not known.
        case misses(StateMisses)
        case failed(SimulatorError)
    }

    private let rehearsal: Rehearsal
    private let index: Int
    private let machine: EVM
    private let reader: GuessingState<OverriddenState<PinnedState>>
    private(set) var executions = 0

    /// - Throws: `SimulatorError.noTransaction`.
    init(_ rehearsed: Rehearsed, _ index: Int, _ state: PinnedState) throws(SimulatorError) {
        guard rehearsed.rehearsal.transactions.indices.contains(index) else { throw .noTransaction(index: index) }
        rehearsal = rehearsed.rehearsal
        self.index = index
        reader = GuessingState(try rehearsal.state(on: state, in: rehearsed.environment))
        machine = EVM(rehearsed.environment, reader: reader)
    }

    /// Finds both limits.
    func limits(_ effects: Effects) throws(Stop) -> SmallestLimits {
        let most = rehearsal.transactions[index].gasLimit
        guard let ample = try execute(most, tracing: true) else {
            throw .failed(.invalidTransaction(index: index, .gasLimitTooLow(needed: most + 1)))
        }
        let succeeding = try threshold(most, tracing: false) { _ in true }
        let complete = try threshold(most, tracing: true) { effects.areReached($0, ample) }
        return SmallestLimits(
            ample: ample, succeeding: succeeding?.limit, allEffects: complete?.limit,
            starved: try starved(from: succeeding?.limit, to: complete?.limit, ample),
            isMonotone: succeeding?.isMonotone != false && complete?.isMonotone != false, executions: executions)
    }

    private func threshold(
        _ most: Gas, tracing: Bool, _ isGood: (ExecutionResult) -> Bool
    ) throws(Stop) -> Threshold? {
        try Threshold(upTo: most) { (limit) throws(Stop) in
            guard let result = try execute(limit, tracing: tracing), result.succeeded else { return false }
            return isGood(result)
        }
    }

    /// What fails at the first and at the last limit of the window.
    private func starved(from first: Gas?, to end: Gas?, _ ample: ExecutionResult) throws(Stop) -> [StarvedCall] {
        var calls: [StarvedCall] = []
        guard let first, let end, first < end, let whole = ample.trace else { return calls }
        for limit in Set([first, end - 1]).sorted() {
            guard let trace = try execute(limit, tracing: true)?.trace else { continue }
            calls += StarvedCall.all(in: trace, against: whole).filter { call in !calls.contains { $0.path == call.path } }
        }
        return calls
    }

    /// Executes the transactions before, and then this one at a limit.
    /// - Returns: `nil` if no block takes it with so little gas.
    private func execute(_ limit: Gas, tracing: Bool) throws(Stop) -> ExecutionResult? {
        executions += 1
        machine.reset()
        var transactions = rehearsal.transactions[...index]
        transactions[index].gasLimit = limit
        var result: ExecutionResult?
        do throws(EVMError) {
            for position in transactions.indices {
                result = try machine.execute(
                    transactions[position], checks: rehearsal.checks, tracing: tracing && position == index)
            }
        } catch {
            if case .invalidTransaction(.gasLimitTooLow) = error { return nil }
            guard !reader.misses.isEmpty else { throw .failed(SimulatorError(error, index: index)) }
        }
        guard reader.misses.isEmpty else { throw .misses(reader.misses) }
        return result
    }
}
