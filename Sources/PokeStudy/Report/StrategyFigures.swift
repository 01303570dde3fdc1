import OraclePokes
import EthPrimitives

/// Sums of one strategy over all slots, and what it saved against the baseline.
struct StrategyFigures: Sendable {
    /// One cause over all slots.
    struct Part: Sendable {
        var cause: SavingCause
        var saving: Saving
        /// Slots in which it saved or cost anything.
        var slots: Int
    }

    let name: String
    let isBaseline: Bool
    let slots: Int
    let pokes: Int
    let failed: Int
    let starved: Int
    /// Pokes after which nothing was left to do.
    let lostRaces: Int
    /// Slots in which a deadline was missed.
    let late: Int
    let cost: Saving
    let baseline: Saving
    let staleness: StalenessSummary
    /// In the order of the closed list; causes that neither saved nor cost anything are left out.
    let parts: [Part]

    init(_ strategy: StrategyResult, baseline: Saving, isBaseline: Bool) {
        var counts: [PricedPoke.Fate: Int] = [:]
        var cost = Saving()
        var sums: [SavingCause: Part] = [:]
        var pokes = 0
        for slot in strategy.slots {
            pokes += slot.pokes.count
            cost = cost + slot.cost
            for poke in slot.pokes { counts[poke.fate, default: 0] += 1 }
            for (cause, saving) in slot.parts where saving != Saving() {
                let sum = sums[cause] ?? Part(cause: cause, saving: Saving(), slots: 0)
                sums[cause] = Part(cause: cause, saving: sum.saving + saving, slots: sum.slots + 1)
            }
        }
        name = strategy.name
        self.isBaseline = isBaseline
        slots = strategy.slots.count
        self.pokes = pokes
        failed = counts[.failed, default: 0]
        starved = counts[.starved, default: 0]
        lostRaces = counts[.late, default: 0]
        late = strategy.slots.count { $0.isLate }
        self.cost = cost
        self.baseline = baseline
        staleness = strategy.staleness
        parts = SavingCause.allCases.compactMap { sums[$0] }
    }

    /// Of all strategies, in their order.
    static func all(_ result: StudyResult) -> [Self] {
        let baseline = result.strategies.first?.cost ?? Saving()
        return result.strategies.enumerated().map { index, strategy in
            Self(strategy, baseline: baseline, isBaseline: index == 0)
        }
    }

    var saved: Saving { baseline - cost }

    /// Whether the causes give the whole difference, in gas and in wei.
    var isExact: Bool { parts.reduce(Saving()) { $0 + $1.saving } == saved }

    /// What the saved gas is worth at a price, wei; amounts that nobody has end at 2¹⁰⁰.
    func saved(at price: Wei) -> Int128 {
        let bound: Int128 = 1 << 100
        let (product, overflow) = Int128(saved.gas).multipliedReportingOverflow(by: price.signed)
        return overflow ? (saved.gas < 0 ? -bound : bound) : min(max(product, -bound), bound)
    }
}
