import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions
public import OraclePokes

/// The bound: no schedule that keeps the freshness of a perfect hourly poker, and leaves no live spot behind, costs less gas by these contracts.
///
/// A value takes two pokes to become `cur`, one at the start of the slot after the source changed and one a slot later. Whoever misses
/// either is stale from then on; so in each slot the oracles whose `cur` or `nxt` would change must be poked, and nothing else. The bound
/// pokes exactly these, and live spots that change, by the cheapest call there is. It has no patience and holds nothing back.
public struct CheapestPossible: PokeStrategy {
    public let name = "bound"
    private let contracts: PokeContracts
    private let fees: FeePolicy
    private let planner: PokePlanner

    public init(_ contracts: PokeContracts, fees: FeePolicy, gas: PokeGasModel) {
        self.contracts = contracts
        self.fees = fees
        planner = PokePlanner(
            choice: .cheapest, skipsDeadIlks: true, skipsUnchangedSpots: true, skipsUnchangedSources: true, hasMulticall: true,
            isExact: true, gas: gas)
    }

    public func plans(_ view: PokeView) -> [PokePlan] { planner.plans(for: view.facts.effects(at: view.inclusion)) }

    public func decide(_ view: PokeView) -> PokeVerdict {
        let plans = plans(view)
        // The MegaPoker is left when there is nothing for the others.
        guard plans.contains(where: { $0.method != .megaPoker }) else {
            return PokeVerdict(intent: nil, reason: "nothing would change")
        }
        let priced = zip(plans, view.executions).min { $0.1.gasUsed < $1.1.gasUsed }
        guard let (plan, execution) = priced, let target = plan.target(view.facts, contracts) else {
            return PokeVerdict(intent: nil, reason: "nothing was executed")
        }
        let estimate = fees.estimate(view.fees)
        let slot = view.head.timestamp
        let intent = TransactionIntent(
            id: IntentID(keeper: name, target: plan.oracles.joined(separator: "+"), epoch: slot), to: target,
            data: Bytes(plan.callData(view.facts, contracts)), gasLimit: execution.needs, gasExpected: execution.gasUsed,
            fees: estimate.caps, baseFeePerGas: estimate.baseFeePerGas,
            effects: plan.expectedEffects(view.facts, contracts), deadline: slot, maxAttempts: 3,
            accessList: execution.accessList ?? [])
        return PokeVerdict(intent: intent, reason: plan.title)
    }
}
