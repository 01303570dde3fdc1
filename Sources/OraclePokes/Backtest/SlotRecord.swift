import EthPrimitives

/// Everything a backtest knows of one slot.
struct SlotRecord: Sendable {
    enum PokedBy: String, Sendable { case none, own, other }

    static let unseen = "no head was recorded in this slot"

    /// Unix seconds.
    var start: UInt64
    /// Oracles that could be poked when the slot was first seen.
    var due: [String] = []
    /// Those whose source had no value, or reverted.
    var invalid: [String] = []
    var stopped: [String] = []
    /// Who advanced an oracle in the recorded history.
    var pokedBy: PokedBy = .none
    /// What others' transactions should have reached and did not.
    var starved: Set<String> = []
    /// Blocks orphaned at once, the deepest.
    var reorgDepth: UInt64 = 0
    var isPoked = false
    var reason = SlotRecord.unseen
    /// Whether the reason is that of a poke.
    var explainsPoke = false
    var gasLimit: Gas?
    var gasExpected: Gas?
    /// Limit × cap over all pokes of the slot.
    var reserved: Wei?
    var expectedCost: Wei?
    /// Our pokes as included.
    var own: [IncludedPoke] = []
    /// The baseline's poke as included.
    var baseline: IncludedPoke?
    /// Unix seconds of the first head at which no oracle could advance any more, in our world and in the baseline's.
    var ownDone: UInt64?
    var baselineDone: UInt64?
    /// What the MegaPoker would have used just before the slot.
    var gasBefore: Gas?
}
