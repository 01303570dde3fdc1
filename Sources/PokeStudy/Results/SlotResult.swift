public import EthPrimitives
public import OraclePokes

/// What one strategy did in one slot, and what it saved against the baseline's.
public struct SlotResult: Sendable {
    /// Unix seconds.
    public var start: UInt64
    public var pokes: [PricedPoke]
    /// Why it poked, or why not: the decision's first note.
    public var reason: String
    /// Base fee of the slot's first block and the lowest and highest in it, wei per gas.
    public var baseFees: (first: Wei, lowest: Wei, highest: Wei)
    /// The greatest staleness that any oracle reached in the slot, seconds (see `Staleness`).
    public var staleness: UInt64
    /// Whether a deadline was missed.
    public var isLate: Bool
    /// The difference to the baseline's slot by cause: the parts sum exactly to it. Empty for the baseline itself.
    public var parts: [(cause: SavingCause, saving: Saving)]

    public init(
        start: UInt64, pokes: [PricedPoke] = [], reason: String, baseFees: (first: Wei, lowest: Wei, highest: Wei),
        staleness: UInt64 = 0, isLate: Bool = false, parts: [(cause: SavingCause, saving: Saving)] = []
    ) {
        self.start = start
        self.pokes = pokes
        self.reason = reason
        self.baseFees = baseFees
        self.staleness = staleness
        self.isLate = isLate
        self.parts = parts
    }

    /// Gas and wei of all its pokes.
    public var cost: Saving {
        pokes.reduce(Saving()) { $0 + .cost($1.gasUsed, at: $1.price) }
    }
}
