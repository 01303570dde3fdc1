import EthChain
import EthCodec
import EthEVM
import EthPrimitives
import EthTransactions
import KeeperTransactions

/// Executions of one observation: what was sent to our machine so far, on a state that grows with it.
struct PokeBench {
    struct Run {
        var call: PlannedCall
        var rehearsed: Rehearsed
        var alternative: PokeAlternative
        var plan: PokePlan

        var isListed: Bool { alternative.accessList != nil }
    }

    let simulator: Simulator
    private let facts: PokeFacts
    private let contracts: PokeContracts
    private(set) var state: PinnedState
    private(set) var pattern = AccessPattern()
    private(set) var requests = 0
    private(set) var runs: [Run] = []
    private var seen: [PlannedCall: Rehearsed] = [:]

    init(_ simulator: Simulator, _ facts: PokeFacts, _ contracts: PokeContracts, _ state: PinnedState) {
        self.simulator = simulator
        self.facts = facts
        self.contracts = contracts
        self.state = state
    }

    var alternatives: [PokeAlternative] { runs.map(\.alternative) }

    /// A call's execution without a list, if there was one.
    func rehearsed(_ call: PlannedCall) -> Rehearsed? { seen[call] }

    /// Executes a call, for its own sake.
    mutating func look(_ call: PlannedCall, _ rehearsal: Rehearsal) async throws {
        let rehearsed = try await simulator.run(rehearsal, on: state)
        (state, pattern) = (rehearsed.state, rehearsed.pattern)
        requests += rehearsed.requests
        seen[call] = rehearsed
    }

    /// Executes what a plan would send without a list.
    mutating func run(_ plan: PokePlan, _ call: PlannedCall, _ rehearsal: Rehearsal) async throws {
        try await look(call, rehearsal)
        guard let rehearsed = seen[call] else { return }
        append(plan, call, rehearsed, accessList: nil)
    }

    /// Executes what was run last once more, with a list of what it touched. It touches the same, so that nothing has to be read.
    mutating func runListed() async throws {
        guard let last = runs.last, !last.isListed, let transaction = last.rehearsed.transactions.first else { return }
        let list = transaction.accessList.paying(to: last.call.target)
        guard !list.entries.isEmpty else { return }
        var rehearsal = last.rehearsed.rehearsal
        rehearsal.transactions[0].accessList = list
        let rehearsed = try await simulator.run(rehearsal, on: state)
        state = rehearsed.state
        requests += rehearsed.requests
        var plan = last.plan
        plan.isListed = true
        append(plan, last.call, rehearsed, accessList: list)
    }

    /// The execution of what is to be sent; where nothing is sound, of what would be sent without a choice.
    func best(of plans: [PokePlan]) -> Run? {
        let ranked = ConsideredPoke.ranked(plans, executed: alternatives, facts, contracts)
        return ranked.lazy.compactMap { considered in
            runs.first { run in run.alternative == considered.executed }
        }.first
    }

    private mutating func append(_ plan: PokePlan, _ call: PlannedCall, _ rehearsed: Rehearsed, accessList: AccessList?) {
        guard let transaction = rehearsed.transactions.first else { return }
        let alternative = PokeAlternative(
            target: call.target, callHash: Keccak256.hash(call.data), accessList: accessList,
            gasUsed: transaction.result.gasUsed, flaw: flaw(of: plan, transaction))
        runs.append(Run(call: call, rehearsed: rehearsed, alternative: alternative, plan: plan))
    }

    /// What is wrong with an execution: a poke that does nothing is the cheapest of all.
    private func flaw(of plan: PokePlan, _ transaction: RehearsedTransaction) -> String? {
        guard transaction.result.succeeded else {
            return "it fails: \(transaction.revertReason?.description ?? "\(transaction.result.outcome)")"
        }
        let missing = plan.expectedEffects(facts, contracts).filter { effect in
            guard case .log(let log) = effect.evidence else { return false }
            return !transaction.result.logs.contains { $0.shows(log) }
        }
        return missing.isEmpty ? nil : "it does not reach \(missing.map(\.name).joined(separator: " "))"
    }
}

extension EVMLog {
    fileprivate func shows(_ expected: ExpectedLog) -> Bool {
        guard address == expected.address, topics.first == expected.topic else { return false }
        return expected.word.map { Array(data.prefix(32)) == $0.bytes } ?? true
    }
}
