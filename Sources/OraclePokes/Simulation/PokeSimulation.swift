public import EthChain
import EthCodec
import EthEVM
public import EthPrimitives
public import EthRPC
import EthTransactions
import Synchronization

/// Executes pokes in our own machine on the state at a head, and remembers what they touched: from the second time on that state comes
/// with the observation's own request, from the third time on what the node says of the same too.
public final class PokeSimulation: Sendable {
    private struct Memory {
        var pattern = AccessPattern()
        /// The node was asked for an opinion in a request of its own: what it lacks is known, and cannot spoil a batch.
        var hasAsked = false
    }

    private let chain: ChainID
    private let forks: ForkSchedule
    private let contracts: PokeContracts
    /// Who calls. The MegaPoker and a Multicall3 do not care.
    private let sender: Address
    private let codes = CodeCache()
    private let methods = MissingMethods()
    private let memory = Mutex(Memory())

    public init(chain: ChainID, _ forks: ForkSchedule, _ contracts: PokeContracts, sender: Address?) {
        self.chain = chain
        self.forks = forks
        self.contracts = contracts
        self.sender = sender ?? .zero
    }

    /// What was added to an observation's batch.
    public struct Reads: Sendable {
        /// Whether it is what a poke touched before; otherwise only accounts that are known anyway.
        let isWarm: Bool
        let state: StateReads?
        let opinion: PendingOpinion?
    }

    /// Adds to a batch what the last pokes touched, and the question what the node says of the whole MegaPoker; the first time only
    /// accounts that are called for certain.
    /// - Parameters:
    ///   - oracles: addresses of the oracles and of their sources, as far as they are known.
    ///   - time: unix seconds of the block that the poke will be in.
    public func prefetch(
        _ oracles: [Address], at head: BlockHeader, time: UInt64, in batch: inout ReadBatch, through provider: Provider
    ) -> Reads {
        let (isCold, hasAsked) = memory.withLock { ($0.pattern.isEmpty, $0.hasAsked) }
        let (simulator, block) = (simulator(provider), PinnedBlock(head))
        do throws(SimulatorError) {
            var rehearsal = try rehearsal(PlannedCall(whole: contracts), time, simulator, block)
            if isCold {
                let known = [contracts.spotter, contracts.vat] + oracles + [contracts.multicall].compactMap { $0 }
                rehearsal.pattern = AccessPattern(AccessList(known.map { AccessList.Entry(address: $0) }))
            }
            return Reads(
                isWarm: !isCold, state: try simulator.prefetch(rehearsal, at: block, in: &batch),
                opinion: hasAsked ? try simulator.askOpinion(of: rehearsal, on: block, in: &batch) : nil)
        } catch {
            // Rules that are not known are told of when the poke is executed.
            return Reads(isWarm: false, state: nil, opinion: nil)
        }
    }

    /// Executes what the plans would send, on one state: each call once without and, where a plan says so, once with a list of what it
    /// touched. Of the best of them it searches the smallest limits too.
    /// - Parameter plans: best first, as the planner has them.
    /// - Throws: `PokeSimulationError`, `SimulatorError`, or what the transport throws: the keeper then has to go by the node alone.
    public func execute(
        _ plans: [PokePlan], _ facts: PokeFacts, at head: BlockHeader, time: UInt64, _ read: (Reads, ReadAnswers)?,
        through provider: Provider
    ) async throws -> (best: PokeExecution, alternatives: [PokeAlternative]) {
        let simulator = simulator(provider)
        var state = PinnedState(of: PinnedBlock(head))
        if let (reads, answers) = read, let reads = reads.state {
            state = try simulator.state(at: state.block, reads, from: answers)
        }
        var bench = PokeBench(simulator, facts, contracts, state)
        for plan in plans where !plan.isListed {
            guard let target = plan.target(facts, contracts) else { continue }
            let call = PlannedCall(target: target, data: plan.callData(facts, contracts))
            do {
                try await bench.run(plan, call, try rehearsal(call, time, simulator, state.block))
                memory.withLock { $0.pattern = bench.pattern }
            } catch {
                // The first is what a poker without a choice would send; of the others the model's figures do.
                guard !bench.runs.isEmpty, !(error is CancellationError) else { throw error }
                continue
            }
            if plans.contains(where: { $0.isListed && $0.method == plan.method }) { try await bench.runListed() }
        }
        guard let best = bench.best(of: plans) else { throw PokeSimulationError.noTarget }
        let limits = try await simulator.smallestLimits(of: best.rehearsed)
        guard limits.ample.succeeded, let succeeding = limits.succeeding, let needs = limits.allEffects else {
            throw PokeSimulationError.fails(best.alternative.flaw ?? "\(limits.ample.outcome)")
        }
        var execution = PokeExecution(
            callHash: best.alternative.callHash, target: best.alternative.target, accessList: best.alternative.accessList,
            gasUsed: limits.ample.gasUsed, succeedsFrom: succeeding, needs: needs,
            starved: limits.starved.map { PlannedCall.name($0, contracts, facts) }, requests: bench.requests)
        // The first time there are requests enough.
        guard let read, read.0.isWarm else { return (execution, bench.alternatives) }
        try await ask(&execution, &bench, best.isListed ? nil : (best.call, limits), time, read)
        return (execution, bench.alternatives)
    }

    /// Holds what the node says of the whole MegaPoker, whose data are known before anything is read, beside what we say of it.
    /// - Parameter known: a call whose limits were searched, and those.
    private func ask(
        _ execution: inout PokeExecution, _ bench: inout PokeBench, _ known: (call: PlannedCall, limits: SmallestLimits)?,
        _ time: UInt64, _ read: (Reads, ReadAnswers)
    ) async throws {
        let call = PlannedCall(whole: contracts)
        let simulator = bench.simulator
        if bench.rehearsed(call) == nil {
            try await bench.look(call, try rehearsal(call, time, simulator, bench.state.block))
            memory.withLock { $0.pattern = bench.pattern }
            execution.requests = bench.requests
        }
        guard let whole = bench.rehearsed(call), let node = try await opinion(whole, read, simulator, &execution) else { return }
        // An estimate is a limit, to be held against limits; the others are gas used.
        let limits =
            known?.call == call ? known?.limits : node.method == .estimate ? try await simulator.smallestLimits(of: whole) : nil
        execution.node = Self.beside(whole, limits, node)
    }

    /// What the node says: in the answers already, or asked for the first time.
    private func opinion(
        _ whole: Rehearsed, _ read: (reads: Reads, answers: ReadAnswers), _ simulator: Simulator,
        _ execution: inout PokeExecution
    ) async throws -> NodeOpinion? {
        if let opinion = read.reads.opinion { return opinion.value(read.answers) }
        guard !memory.withLock({ $0.hasAsked }) else { return nil }
        memory.withLock { $0.hasAsked = true }
        execution.requests += 1
        do {
            return try await simulator.nodeOpinion(of: whole.rehearsal, on: whole.state.block)
        } catch is NodeSilence {
            return nil
        }
    }

    private static func beside(_ whole: Rehearsed, _ limits: SmallestLimits?, _ node: NodeOpinion) -> PokeExecution.NodeOpinion? {
        guard let ours = whole.transactions.first else { return nil }
        let opinion = SecondOpinion(ours, limits: limits, node: node)
        return PokeExecution.NodeOpinion(
            method: node.method.rawValue, gas: node.succeeded ? node.gas : nil, ownGas: ours.result.gasUsed,
            agrees: opinion.agrees, excess: opinion.largerLimit - opinion.limit)
    }

    private func simulator(_ provider: Provider) -> Simulator {
        Simulator(provider, chain: chain, forks, codes: codes, methods: methods)
    }

    /// A call in the next block, with as much gas as it may have.
    private func rehearsal(
        _ call: PlannedCall, _ time: UInt64, _ simulator: Simulator, _ block: PinnedBlock
    ) throws(SimulatorError) -> Rehearsal {
        var rehearsal = Rehearsal(
            [], in: .nextBlock(BlockOverrides(time: time)), pattern: memory.withLock { $0.pattern })
        let gas = Rehearsal.ampleGas(in: try simulator.environment(rehearsal, on: block))
        rehearsal.transactions = [EVMTransaction(sender: sender, recipient: call.target, data: call.data, gasLimit: gas)]
        return rehearsal
    }
}

/// Why a poke was not executed in our own machine.
public enum PokeSimulationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The plan needs a Multicall3 and none is configured.
    case noTarget
    /// The call as a whole would fail.
    case fails(String)

    public var description: String {
        switch self {
        case .noTarget: "the plan needs a Multicall3 and none is configured"
        case .fails(let reason): "the call would fail: \(reason)"
        }
    }
}
