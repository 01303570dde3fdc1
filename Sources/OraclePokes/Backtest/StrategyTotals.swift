import EthPrimitives

/// Sums of one strategy over all slots.
struct StrategyTotals: Sendable {
    var pokes = 0
    var failed = 0
    var starved = 0
    var cost = Saving()
    /// Seconds from a slot's start to the block in which everything that could advance had advanced.
    private var lateness: [UInt64] = []

    init(_ pokes: [IncludedPoke], done: [UInt64]) {
        self.pokes = pokes.count
        failed = pokes.count { $0.fate == .failed }
        starved = pokes.count { $0.fate == .starved }
        cost = pokes.reduce(Saving()) { $0 + .cost($1.gas.used, at: $1.price) }
        lateness = done
    }

    var lateMean: UInt64 { lateness.isEmpty ? 0 : lateness.reduce(0, +) / UInt64(lateness.count) }
    var lateMax: UInt64 { lateness.max() ?? 0 }

    static func ours(_ slots: [SlotRecord]) -> Self {
        Self(slots.flatMap(\.own), done: slots.compactMap { slot in slot.ownDone.map { $0 - slot.start } })
    }

    static func baseline(_ slots: [SlotRecord]) -> Self {
        Self(slots.compactMap(\.baseline), done: slots.compactMap { slot in slot.baselineDone.map { $0 - slot.start } })
    }
}
