import EthPrimitives
import EthRPC
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

    func plans(_ view: PokeView) -> [PokePlan] {
        let planner = keeper.rules.planner
        var held: Set<String> = []
        if planner.skipsUnchangedSources {
            var sources = memory.sources ?? SourceMemory()
            sources.see(view.facts.oracles, at: view.head.timestamp, slot: keeper.slotStart(at: view.head.timestamp))
            held = PokerKeeper.held(keeper.leftAlone(view.facts, sources, at: view.head))
        }
        let effects = view.facts.effects(at: view.inclusion, holding: held)
        return planner.hasWork(effects) ? planner.plans(for: effects, allowsWhole: held.isEmpty) : []
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
        let plans = plans(view)
        let best = ConsideredPoke.ranked(plans, executed: alternatives, view.facts, contracts).first?.plan
        snapshot.execution = best.flatMap { best in view.executions.first { $0.isOf(best, view.facts, contracts) } }
        snapshot.alternatives = alternatives
        let decision = keeper.decide(snapshot, &memory)
        let reason = decision.notes.first?.text ?? ""
        for case .transact(let intent) in decision.actions { return PokeVerdict(intent: intent, reason: reason) }
        return PokeVerdict(intent: nil, reason: reason)
    }
}
