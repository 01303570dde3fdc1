import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions
import OraclePokes

@testable import PokeStudy

/// Pokes at random moments by random plans with random limits, the same at each run: what no sensible strategy does must add up too.
struct AnyPoker: PokeStrategy {
    var name: String { "any-\(seed)" }
    private let seed: UInt64
    private let contracts: PokeContracts
    private var state: UInt64

    init(seed: UInt64, _ contracts: PokeContracts) {
        self.seed = seed
        self.contracts = contracts
        state = seed
    }

    /// SplitMix64.
    private mutating func next(below bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (z ^ (z >> 31)) % bound
    }

    private static let planners = [true, false].flatMap { skips in
        [PlanChoice.cheapest, .megaPoker, .multicall].map { choice in
            PokePlanner(
                choice: choice, skipsDeadIlks: skips, skipsUnchangedSpots: skips, skipsUnchangedSources: skips,
                hasMulticall: true, isExact: true, gas: PokeGasModel())
        }
    }

    func plans(_ view: PokeView) -> [PokePlan] {
        Self.planners.flatMap { $0.plans(for: view.facts.effects(at: view.inclusion)) }
    }

    mutating func decide(_ view: PokeView) -> PokeVerdict {
        let plans = plans(view)
        let index = Int(next(below: UInt64(2 * view.executions.count)))
        guard index < min(plans.count, view.executions.count) else { return PokeVerdict(intent: nil, reason: "not now") }
        let (plan, execution) = (plans[index], view.executions[index])
        guard let target = plan.target(view.facts, contracts) else { return PokeVerdict(intent: nil, reason: "no target") }
        let estimate = Worlds.fees.estimate(view.fees)
        // Some limits are too low.
        let limit = next(below: 4) == 0 ? execution.gasUsed - next(below: execution.gasUsed / 8) : execution.needs
        let intent = TransactionIntent(
            id: IntentID(keeper: name, target: "any", epoch: view.head.timestamp), to: target,
            data: Bytes(plan.callData(view.facts, contracts)), gasLimit: limit, gasExpected: execution.gasUsed,
            fees: FeeCaps(
                maxFeePerGas: estimate.caps.maxFeePerGas, maxPriorityFeePerGas: Wei(UInt256(next(below: 3_000_000_000)))),
            baseFeePerGas: estimate.baseFeePerGas, effects: plan.expectedEffects(view.facts, contracts), deadline: 0,
            maxAttempts: 4, accessList: execution.accessList ?? [])
        return PokeVerdict(intent: intent, reason: plan.title)
    }
}
