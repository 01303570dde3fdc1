import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions
public import OraclePokes

/// The baseline: one competent keeper that pokes the whole MegaPoker in every slot, at the first head inside it, with a limit that reaches
/// every effect.
public struct HourlyMegaPoker: PokeStrategy {
    public let name = "hourly-megapoker"
    private let contracts: PokeContracts
    private let fees: FeePolicy
    private let planner: PokePlanner
    private let slotLength: UInt64
    private var lastSlot: UInt64?

    public init(_ contracts: PokeContracts, fees: FeePolicy, gas: PokeGasModel, slotLength: UInt64) {
        self.contracts = contracts
        self.fees = fees
        self.slotLength = slotLength
        planner = PokePlanner(
            choice: .megaPoker, skipsDeadIlks: false, skipsUnchangedSpots: false, hasMulticall: false, gas: gas)
    }

    public func plans(_ view: PokeView) -> [PokePlan] { [planner.megaPoker(view.facts.effects(at: view.inclusion))] }

    public mutating func decide(_ view: PokeView) -> PokeVerdict {
        let slot = view.head.timestamp - view.head.timestamp % slotLength
        guard lastSlot != slot else { return PokeVerdict(intent: nil, reason: "poked in this slot already") }
        lastSlot = slot
        let estimate = fees.estimate(view.fees)
        let effects = view.facts.effects(at: view.head.timestamp)
        let plan = planner.megaPoker(effects)
        let execution = view.executions.first
        let used = execution?.gasUsed ?? plan.gas.used
        let intent = TransactionIntent(
            id: IntentID(keeper: name, target: "all", epoch: slot), to: contracts.megaPoker,
            data: Bytes(plan.callData(view.facts, contracts)), gasLimit: planner.gas.nodeEstimate(used) * 12 / 10,
            gasExpected: used, fees: estimate.caps, baseFeePerGas: estimate.baseFeePerGas, effects: [],
            deadline: slot + slotLength, maxAttempts: 1)
        return PokeVerdict(intent: intent, reason: "the first head of the slot")
    }
}
