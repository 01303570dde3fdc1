import EthPrimitives

/// Why a slot cost less, or more, than the baseline's. The parts of a slot sum exactly to its difference.
enum SavingCause: String, Sendable, CaseIterable {
    case notNeeded = "not-needed"
    case deadIlks = "dead-ilks"
    case unchangedSpots = "unchanged-spots"
    case idleOracles = "idle-oracles"
    case multicall = "multicall-overhead"
    case otherState = "other-state"
    case price = "price-of-gas"

    /// For people.
    var title: String {
        switch self {
        case .notNeeded: "others were first, or no oracle could advance"
        case .deadIlks: "dead ilks (no debt, no ceiling) not poked"
        case .unchangedSpots: "spots that would not change, not poked"
        case .idleOracles: "oracles that could not advance, not poked"
        case .multicall: "Multicall3 calldata and call overhead"
        case .otherState: "poked in another state, or twice in a slot"
        case .price: "price of gas in the blocks of second pokes"
        }
    }
}

/// Splits the difference of each slot over causes.
struct Savings: Sendable {
    private(set) var causes: [SavingCause: Saving] = [:]
    private(set) var slots: [SavingCause: Int] = [:]
    private(set) var total = Saving()

    init(_ records: [SlotRecord], _ model: PokeGasModel) {
        for record in records {
            for (cause, saving) in Self.split(record, model) where saving != Saving() {
                causes[cause] = causes[cause, default: Saving()] + saving
                slots[cause, default: 0] += 1
                total = total + saving
            }
        }
    }

    /// The parts of one slot.
    static func split(_ record: SlotRecord, _ model: PokeGasModel) -> [(SavingCause, Saving)] {
        let own = record.own.reduce(Saving()) { $0 + .cost($1.gas.used, at: $1.price) }
        guard let baseline = record.baseline else { return [(.otherState, Saving() - own)] }
        let price = baseline.price.signed
        func saving(_ gas: Int64) -> Saving { Saving(gas: gas, wei: Int128(gas) * price) }
        guard let first = record.own.first else { return [(.notNeeded, saving(Int64(baseline.gas.used)))] }

        var parts: [(SavingCause, Saving)] = []
        var rest = Int64(baseline.gas.used) - own.gas
        if first.plan.method == .multicall {
            let poked = Set(record.own.flatMap(\.plan.ilks))
            let advanced = Set(record.own.flatMap(\.plan.oracles))
            var effects = baseline.effects
            func part(_ cause: SavingCause, _ remove: (inout PokeEffects) -> Void) {
                let before = model.megaPoker(effects).used
                remove(&effects)
                let gas = Int64(before) - Int64(model.megaPoker(effects).used)
                parts.append((cause, saving(gas)))
                rest -= gas
            }
            part(.deadIlks) { $0.spots.removeAll { $0.isDead && !poked.contains($0.ilk) } }
            part(.unchangedSpots) { $0.spots.removeAll { !poked.contains($0.ilk) } }
            part(.idleOracles) { $0.oracles.removeAll { !$0.isEffective && !advanced.contains($0.name) } }
            parts.append((record.own.count == 1 ? .multicall : .otherState, saving(rest)))
        } else {
            parts.append((.otherState, saving(rest)))
        }
        // own × (baseline price − own price): the same gas bought at another price.
        parts.append((.price, Saving(gas: 0, wei: Int128(own.gas) * price - own.wei)))
        return parts
    }
}
