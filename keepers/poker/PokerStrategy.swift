import EthPrimitives
import EthTransactions
import KeeperCore
import OraclePokes
import PokeStudy

/// The poker in a comparison: what `run` decides, on facts of a scenario.
struct PokerStrategy: PokeStrategy {
    let name: String
    private let keeper: PokerKeeper
    private var memory: PokerKeeper.Memory

    init(_ name: String, _ keeper: PokerKeeper) {
        self.name = name
        self.keeper = keeper
        memory = keeper.initialMemory
    }

    func plans(_ facts: PokeFacts, at inclusion: UInt64) -> [PokePlan] {
        keeper.rules.planner.plans(for: facts.effects(at: inclusion))
    }

    mutating func decide(_ view: PokeView) -> PokeVerdict {
        var snapshot = PokerSnapshot(head: view.head, facts: view.facts)
        snapshot.fees = view.fees
        let alternatives = view.executions.compactMap { execution in
            execution.target.map {
                PokeAlternative(
                    target: $0, callHash: execution.callHash, accessList: execution.accessList, gasUsed: execution.gasUsed)
            }
        }
        let contracts = keeper.targets.contracts
        let plans = plans(view.facts, at: keeper.inclusion(after: view.head))
        let best = ConsideredPoke.ranked(plans, executed: alternatives, view.facts, contracts).first?.plan
        snapshot.execution = best.flatMap { best in view.executions.first { $0.isOf(best, view.facts, contracts) } }
        snapshot.alternatives = alternatives
        let decision = keeper.decide(snapshot, &memory)
        let reason = decision.notes.first?.text ?? ""
        for case .transact(let intent) in decision.actions { return PokeVerdict(intent: intent, reason: reason) }
        return PokeVerdict(intent: nil, reason: reason)
    }
}
