internal import EthEVM
internal import EthPrimitives
internal import EthRPC
internal import EthTransactions

/// One execution on what is known.
enum Attempt {
    case complete([ExecutionResult], StateChanges, asked: StateMisses)
    /// What has to be fetched first.
    case misses(StateMisses)
}

extension Rehearsal {
    /// The state that the machine sees: with the overrides, and with what the protocol itself writes at the start of the block.
    func state(on state: PinnedState, in environment: BlockEnvironment) throws(SimulatorError) -> OverriddenState<PinnedState> {
        var accounts = accounts
        let parent = state.block
        let writes = BlockStart.writes(
            environment.fork, timestamp: environment.timestamp,
            parent: environment.number == parent.number &+ 1 ? (parent.number, parent.hash) : nil, beaconRoot: beaconRoot)
        for (address, slots) in writes {
            var own = accounts[address] ?? AccountOverride()
            // What a person says wins.
            if own.storage == nil {
                let words = slots.map { ($0.key.bigEndianBytes, $0.value.bigEndianBytes) }
                own.storage = .changed(Dictionary(uniqueKeysWithValues: words))
            }
            accounts[address] = own
        }
        return try OverriddenState(state, accounts)
    }

    private var beaconRoot: B256? {
        switch place {
        // Nodes take zero for a root that nobody says.
        case .nextBlock(let overrides): overrides.beaconRoot ?? B256()
        case .block(let known): known.parentBeaconBlockRoot
        }
    }

    /// Executes all transactions.
    /// - Throws: `SimulatorError` if the machine refuses, and not only because something is not known.
    func attempt(on state: PinnedState, in environment: BlockEnvironment) throws(SimulatorError) -> Attempt {
        let known = try self.state(on: state, in: environment)
        let seen = GuessingState(known)
        let machine = EVM(environment, reader: seen)
        var results: [ExecutionResult] = []
        do {
            results = try run(on: machine)
        } catch {
            guard !seen.misses.isEmpty else { throw error }
        }
        if seen.misses.isEmpty { return .complete(results, machine.changes, asked: seen.asked) }
        // With 1 for what is not known, calls go on where a permission or a switch is asked for, and show what they would read next.
        let guessing = GuessingState(known, guess: 1)
        machine.reset(reader: guessing)
        _ = try? run(on: machine)  // only what it asked for counts
        var misses = seen.misses
        misses.formUnion(guessing.misses)
        return .misses(misses)
    }

    /// Executes all transactions.
    func run(on machine: EVM) throws(SimulatorError) -> [ExecutionResult] {
        var results: [ExecutionResult] = []
        for (index, transaction) in transactions.enumerated() {
            do throws(EVMError) {
                results.append(try machine.execute(transaction, checks: checks, tracing: tracing))
            } catch {
                throw SimulatorError(error, index: index)
            }
        }
        return results
    }
}
