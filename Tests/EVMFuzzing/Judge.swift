import EthEVM
import EthPrimitives
import EthTransactions

/// Runs cases on one machine and holds what comes out against the laws.
final class Judge {
    let world: FuzzWorld
    private let machine: EVM
    private(set) var tally = FuzzTally()

    init(_ world: FuzzWorld) {
        self.world = world
        machine = EVM(BlockEnvironment(chainID: 1, fork: .latest, number: 1, timestamp: 1), reader: MemoryState())
    }

    /// - Throws: the first law that the case breaks.
    func judge(_ fuzzCase: FuzzCase) throws(Violation) {
        tally.programs += 1
        tally.sources[fuzzCase.source, default: 0] += 1
        let reader = MissingReader(state: fuzzCase.state, percent: fuzzCase.missing, salt: fuzzCase.seed ^ fuzzCase.number)
        machine.environment = fuzzCase.environment
        if fuzzCase.missing > 0 { machine.reset(reader: reader) } else { machine.reset(reader: fuzzCase.state) }
        var view = fuzzCase.state
        // What is missing reads as empty, so that the laws count it as empty.
        for address in view.accounts.keys where reader.account(address) == nil { view.accounts[address] = nil }
        let start = view
        var results: [ExecutionResult?] = []
        for transaction in fuzzCase.transactions {
            let result = try judge(transaction, fuzzCase, start, &view)
            results.append(result)
        }
        try judgeAgain(fuzzCase, reader, results)
    }

    /// One transaction; `nil` if the machine would not run it. `view` is the state before it, and then that after it.
    private func judge(
        _ transaction: EVMTransaction, _ fuzzCase: FuzzCase, _ start: MemoryState, _ view: inout MemoryState
    ) throws(Violation) -> ExecutionResult? {
        let result: ExecutionResult
        do throws(EVMError) {
            result = try machine.execute(transaction, checks: fuzzCase.checks, tracing: true)
        } catch {
            try judge(error, transaction, fuzzCase, start, view)
            return nil
        }
        let changes = machine.changes
        var after = start
        after.apply(changes)
        after = after.withoutEmptyAccounts()
        try GasLaws.check(result, transaction, fuzzCase.environment.fork)
        var trace = TraceLaws(fuzzCase.environment.fork)
        if let outermost = result.trace {
            try trace.check(outermost)
            try demand(
                Set(result.logs) == Set(trace.logs) && result.logs.count == trace.logs.count, "logs differ from its frames'")
        } else {
            try demand(result.outcome == .refused(.insufficientBalance), "no trace, but \(result.outcome)")
        }
        if fuzzCase.missing == 0 { try demand(result.misses.isEmpty, "the reader knows all, and there are misses") }
        let laws = StateLaws(environment: fuzzCase.environment, checks: fuzzCase.checks, authorities: world.authorities)
        // Slots that are missing read as zero, and so do not appear in the changes: ether is counted, storage is not compared.
        if fuzzCase.missing == 0 {
            try laws.check(transaction, result, destroyed: trace.destroyed, view.withoutEmptyAccounts(), after)
        }
        try judgeTouched(result, changes, transaction)
        if let expected = fuzzCase.expected {
            try demand(result.outcome == expected, "ended as \(result.outcome), expected \(expected)")
        }
        if fuzzCase.source == .deep { try judgeDepth(result, trace) }
        tally.count(result, trace)
        view = after
        return result
    }

    private func judge(
        _ error: EVMError, _ transaction: EVMTransaction, _ fuzzCase: FuzzCase, _ start: MemoryState, _ view: MemoryState
    ) throws(Violation) {
        tally.refused += 1
        var now = start
        now.apply(machine.changes)
        try demand(
            now.withoutEmptyAccounts() == view.withoutEmptyAccounts() || fuzzCase.missing > 0,
            "changes, although it threw \(error)")
        switch error {
        case .invalidTransaction:
            if fuzzCase.source == .limit || fuzzCase.source == .deep {
                throw Violation("a transaction of ours is invalid: \(error)")
            }
        case .unsupportedPrecompile: tally.unsupported += 1
        // A gigabyte costs more than two million million gas.
        case .memoryLimit: try demand(transaction.gasLimit > 1 << 40, "memory limit with \(transaction.gasLimit) gas")
        case .unsupportedFork: throw Violation("\(error)")
        }
    }

    private func judgeTouched(
        _ result: ExecutionResult, _ changes: StateChanges, _ transaction: EVMTransaction
    ) throws(Violation) {
        let addresses = result.touched.entries.map(\.address)
        try demand(zip(addresses, addresses.dropFirst()).allSatisfy { $0 < $1 }, "touched accounts are not in order")
        try demand(addresses.contains(transaction.sender), "the sender was not touched")
        if let recipient = transaction.recipient { try demand(addresses.contains(recipient), "the recipient was not touched") }
        let known = Set(result.misses.accounts)
        try demand(known.isSubset(of: addresses), "an account is missing that was not touched")
    }

    private func judgeDepth(_ result: ExecutionResult, _ trace: TraceLaws) throws(Violation) {
        let frames = result.output.withUnsafeBytes { UInt256(bigEndianBytes: $0) }
        try demand(frames == UInt256(UInt64(EVMLimits.depth + 1)), "\(frames) frames in each other")
        try demand(trace.depth == EVMLimits.depth + 1 && trace.frames == EVMLimits.depth + 2, "depth \(trace.depth)")
    }

    /// The same again, in one of several other ways, must come to the same.
    private func judgeAgain(_ fuzzCase: FuzzCase, _ reader: MissingReader, _ results: [ExecutionResult?]) throws(Violation) {
        let changes = self.machine.changes
        if fuzzCase.missing == 0, fuzzCase.transactions.count > 1 { return try judgeApart(fuzzCase, results, changes) }
        let machine: EVM
        switch fuzzCase.number % 4 {
        case 0:
            // On the machine that was used.
            machine = self.machine
            machine.reset()
        case 1:
            machine = EVM(fuzzCase.environment, reader: fuzzCase.missing > 0 ? FillingReader(reader: reader) : fuzzCase.state)
        default: return
        }
        for (transaction, result) in zip(fuzzCase.transactions, results) {
            let other = try? machine.execute(transaction, checks: fuzzCase.checks)
            try demand(Self.equal(other, result), "another result the second time")
        }
        try demand(machine.changes == changes, "other changes the second time")
    }

    /// Each transaction on a machine of its own, over the state that those before it left.
    private func judgeApart(
        _ fuzzCase: FuzzCase, _ results: [ExecutionResult?], _ changes: StateChanges
    ) throws(Violation) {
        var state = fuzzCase.state
        for (transaction, result) in zip(fuzzCase.transactions, results) {
            let machine = EVM(fuzzCase.environment, reader: state)
            let other = try? machine.execute(transaction, checks: fuzzCase.checks)
            try demand(Self.equal(other, result), "another result on a state that was applied")
            state.apply(machine.changes)
        }
        var whole = fuzzCase.state
        whole.apply(changes)
        try demand(whole.withoutEmptyAccounts() == state.withoutEmptyAccounts(), "another state on states that were applied")
    }

    /// Traces and misses apart, which differ by what was asked for.
    private static func equal(_ a: ExecutionResult?, _ b: ExecutionResult?) -> Bool {
        guard var a, var b else { return a == nil && b == nil }
        (a.trace, b.trace) = (nil, nil)
        (a.misses, b.misses) = (StateMisses(), StateMisses())
        return a == b
    }
}
