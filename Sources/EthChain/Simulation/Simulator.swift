public import EthEVM
public import EthPrimitives
public import EthRPC
internal import EthTransactions

/// Executes transactions in our own machine on the state of one block, which it fetches from a node in as few requests as can be.
///
///     var batch = ReadBatch(at: .hash(head.hash))
///     let price = batch.call(…)                                            // a keeper's own reads
///     let reads = try simulator.prefetch(rehearsal, at: block, in: &batch)  // and what the call touched the last time
///     let answers = try await provider.send(batch)
///     let state = try simulator.state(at: block, reads, from: answers)
///     let rehearsed = try await simulator.run(rehearsal, on: state)         // no further request, if it touches the same again
public struct Simulator: Sendable {
    public let provider: Provider
    public let chain: ChainID
    public let forks: ForkSchedule
    /// Shared by all who simulate on the chain.
    public let codes: CodeCache
    public let methods: MissingMethods
    /// The most requests of a simulation. With a list of what to fetch, the node's or one learned before, it takes one to four; where only
    /// execution tells, each step that depends on what the one before read takes one.
    public var requestLimit = 8

    public init(
        _ provider: Provider, chain: ChainID, _ forks: ForkSchedule, codes: CodeCache = CodeCache(),
        methods: MissingMethods = MissingMethods()
    ) {
        self.provider = provider
        self.chain = chain
        self.forks = forks
        self.codes = codes
        self.methods = methods
    }

    /// The block that a rehearsal is executed in.
    /// - Throws: `SimulatorError.fork`.
    public func environment(_ rehearsal: Rehearsal, on block: PinnedBlock) throws(SimulatorError) -> BlockEnvironment {
        do throws(ForkError) { return try rehearsal.environment(on: block, chain: chain, forks) } catch { throw .fork(error) }
    }

    /// Adds to a batch what a rehearsal will read: the accounts that it names, and its pattern.
    /// - Throws: `SimulatorError.fork`.
    public func prefetch(
        _ rehearsal: Rehearsal, at block: PinnedBlock, in batch: inout ReadBatch
    ) throws(SimulatorError) -> StateReads {
        let environment = try environment(rehearsal, on: block)
        codes.follow(block)
        var wanted = rehearsal.basics(environment)
        wanted.formUnion(rehearsal.pattern.wanted(inBlock: environment.number))
        return StateReads(
            PinnedState(of: block).unknown(of: wanted), at: block, try fork(of: block), codes, in: &batch)
    }

    /// The state that a batch brought.
    /// - Throws: `RPCError` as `StateReads.fill` does.
    public func state(at block: PinnedBlock, _ reads: StateReads, from answers: ReadAnswers) throws(RPCError) -> PinnedState {
        var state = PinnedState(of: block)
        try reads.fill(&state, from: answers)
        return state
    }

    /// Executes a rehearsal on the state of a block, fetching whatever is needed.
    /// - Throws: `SimulatorError`; what the transport throws.
    public func run(_ rehearsal: Rehearsal, at block: PinnedBlock) async throws -> Rehearsed {
        try await run(rehearsal, on: PinnedState(of: block))
    }

    /// Executes a rehearsal on what is known already, fetching the rest.
    /// - Throws: `SimulatorError`; what the transport throws.
    public func run(_ rehearsal: Rehearsal, on state: PinnedState) async throws -> Rehearsed {
        let environment = try environment(rehearsal, on: state.block)
        codes.follow(state.block)
        var search = try search(rehearsal, environment, state)
        while true {
            switch try rehearsal.attempt(on: search.state, in: environment) {
            case .complete(let results, let changes, let asked):
                return search.rehearsed(results, changes, asked)
            case .misses(let misses): try await search.fetch(misses)
            }
        }
    }

    /// The way to what a rehearsal needs, from what is known on.
    func search(
        _ rehearsal: Rehearsal, _ environment: BlockEnvironment, _ state: PinnedState
    ) throws(SimulatorError) -> StateSearch {
        StateSearch(
            rehearsal, environment, state, fork: try fork(of: state.block), asking: provider, atMost: requestLimit, codes,
            methods)
    }

    /// The rules that hold at the state's own block.
    func fork(of block: PinnedBlock) throws(SimulatorError) -> Fork {
        do throws(ForkError) { return try forks.rules(number: block.number, time: block.timestamp).fork } catch {
            throw .fork(error)
        }
    }
}
