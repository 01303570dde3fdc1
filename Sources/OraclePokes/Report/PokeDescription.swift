import KeeperTransactions
public import EthCodec
public import EthPrimitives
import EthTransactions
public import EthRPC
public import KeeperCore

/// A decision as a dry run prints it.
public struct PokeDescription: Sendable {
    let keeper: String
    let chainID: ChainID
    let head: BlockHeader
    let facts: PokeFacts
    let fees: FeeFacts?
    let decision: Decision
    let planner: PokePlanner
    let plans: [PokePlan]
    let inclusion: UInt64
    let slotLength: UInt64
    let cap: Wei

    /// - Parameter plans: those that were considered, the one that is sent first.
    public init(
        keeper: String, chainID: ChainID, head: BlockHeader, facts: PokeFacts, fees: FeeFacts?, decision: Decision,
        planner: PokePlanner, plans: [PokePlan], inclusion: UInt64, slotLength: UInt64, cap: Wei
    ) {
        self.keeper = keeper
        self.chainID = chainID
        self.head = head
        self.facts = facts
        self.fees = fees
        self.decision = decision
        self.planner = planner
        self.plans = plans
        self.inclusion = inclusion
        self.slotLength = slotLength
        self.cap = cap
    }

    private var slot: UInt64 { head.timestamp - head.timestamp % slotLength }

    private var intent: TransactionIntent? {
        decision.actions.lazy.compactMap { if case .transact(let intent) = $0 { intent } else { nil } }.first
    }

    /// For people.
    public var text: String {
        var lines = [
            "\(keeper) · chain \(chainID) · head \(Table.grouped(head.number)) \(UTC.clock(head.timestamp)) · DRY RUN: cannot sign",
            slotLine,
        ]
        if let intent { lines += planLines(intent) }
        for note in decision.notes { lines.append("why   \(note.text)") }
        for case .alert(let alert) in decision.actions { lines.append("alert \(alert.severity.rawValue): \(alert.text)") }
        if let intent {
            lines.append(
                intent.isIncludable
                    ? "would send now, deadline \(UTC.clock(intent.deadline))" + saving(intent)
                    : "would send once the base fee is below the cap, deadline \(UTC.clock(intent.deadline))")
        } else {
            lines.append("would send nothing")
        }
        return lines.joined(separator: "\n")
    }

    private var slotLine: String {
        let due = facts.oracles.filter { $0.isDue(at: head.timestamp) }
        var line = "slot \(UTC.clock(slot))  "
        line += due.isEmpty ? "nothing due" : "DUE: " + due.map(\.name).joined(separator: " ")
        if facts.isComplete {
            let valid = facts.oracles.count { $0.sourceReading.value != nil }
            line += "   sources valid \(valid)/\(facts.oracles.count)"
        }
        return line + "   earliest inclusion \(UTC.clock(inclusion))"
    }

    private func planLines(_ intent: TransactionIntent) -> [String] {
        let widths = [max(31, 4 + (plans.map(\.title.count).max() ?? 0)), 10, 11, 16, 16]
        var lines = ["", Table.row(["plan", "gas used", "gas limit", "expected ETH", "reserved ETH"], widths)]
        let price = min(intent.baseFeePerGas + intent.fees.maxPriorityFeePerGas, intent.fees.maxFeePerGas)
        for (index, plan) in plans.enumerated() {
            let limit = index == 0 ? intent.gasLimit : plan.gas.needed
            lines.append(
                Table.row(
                    [
                        (index == 0 ? "> " : "  ") + plan.title, Table.grouped(plan.gas.used),
                        index == 0 ? Table.grouped(limit) : "–", (price * plan.gas.used).fixed(18, places: 10),
                        index == 0 ? intent.reserved.fixed(18, places: 10) : "–",
                    ], widths))
        }
        let dead = facts.ilks.filter(\.isDead).map(\.name)
        if !dead.isEmpty, planner.skipsDeadIlks { lines.append("skip  \(dead.joined(separator: " "))  line 0, debt 0") }
        lines.append(
            "fees  base \(intent.baseFeePerGas)  tip \(intent.fees.maxPriorityFeePerGas)  max \(intent.fees.maxFeePerGas)   cap \(cap): \(intent.isIncludable ? "ok" : "too low")"
        )
        return lines
    }

    private func saving(_ intent: TransactionIntent) -> String {
        let whole = planner.megaPoker(facts.effects(at: inclusion)).gas.used
        guard whole > intent.gasExpected else { return "" }
        let saved = whole - intent.gasExpected
        return " · saves \(Table.grouped(saved)) gas (\(Table.percent(Int128(saved), Int128(whole)))) against the whole MegaPoker"
    }

    /// For machines.
    public var json: JSON {
        .object([
            "keeper": .string(keeper), "chainId": .integer(chainID.rawValue), "block": .integer(head.number),
            "hash": .string(head.hash.description), "time": .integer(head.timestamp), "slot": .integer(slot),
            "due": .array(facts.oracles.filter { $0.isDue(at: head.timestamp) }.map { .string($0.name) }),
            "decision": intent == nil ? "wait" : "poke",
            "notes": .array(
                decision.notes.map {
                    .object(["code": .string($0.code), "subject": $0.subject.map { .string($0) }, "text": .string($0.text)])
                }),
            "to": intent.map { .string($0.to.description) }, "data": intent.map { .string($0.data.description) },
            "gasLimit": intent.map { .integer($0.gasLimit) }, "gasExpected": intent.map { .integer($0.gasExpected) },
            "maxFeePerGas": intent.map { .string($0.fees.maxFeePerGas.rawValue.description) },
            "maxPriorityFeePerGas": intent.map { .string($0.fees.maxPriorityFeePerGas.rawValue.description) },
            "expectedWei": intent.map { .string($0.expectedCost.rawValue.description) },
            "reservedWei": intent.map { .string($0.reserved.rawValue.description) },
        ])
    }
}
