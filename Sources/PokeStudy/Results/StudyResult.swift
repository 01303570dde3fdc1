public import EthPrimitives
public import OraclePokes

/// What strategies cost over one scenario, slot by slot.
public struct StudyResult: Sendable {
    /// The scenario's name, and where its prices and fees come from.
    public var name: String
    public var source: String
    /// Unix seconds: the first slot's start, and the end of the last.
    public var period: Range<UInt64>
    /// Seconds.
    public var slotLength: UInt64
    public var oracles: [String]
    public var ilks: [String]
    /// Wei per gas at which savings are shown once more.
    public var feesNow: Wei
    /// The first is the baseline; each has a result for each slot.
    public var strategies: [StrategyResult]
    /// Each poke with all that another machine needs to execute it again, a JSON object a line; empty unless asked for.
    public var ledger: [UInt8]

    public init(
        name: String, source: String, period: Range<UInt64>, slotLength: UInt64, oracles: [String], ilks: [String], feesNow: Wei,
        strategies: [StrategyResult], ledger: [UInt8] = []
    ) {
        self.name = name
        self.source = source
        self.period = period
        self.slotLength = slotLength
        self.oracles = oracles
        self.ilks = ilks
        self.feesNow = feesNow
        self.strategies = strategies
        self.ledger = ledger
    }
}

/// One strategy over the whole scenario.
public struct StrategyResult: Sendable {
    public var name: String
    public var slots: [SlotResult]
    public var staleness: StalenessSummary
    /// Keccak-256 of its decisions and pokes, as unprefixed hex.
    public var digest: String
    public var counts: PricingCounts

    public init(
        name: String, slots: [SlotResult], staleness: StalenessSummary, digest: String, counts: PricingCounts = PricingCounts()
    ) {
        self.name = name
        self.slots = slots
        self.staleness = staleness
        self.digest = digest
        self.counts = counts
    }

    /// Gas and wei of all slots.
    public var cost: Saving { slots.reduce(Saving()) { $0 + $1.cost } }
}

/// How stale the prices were that the contracts went by.
public struct StalenessSummary: Sendable, Hashable {
    /// Seconds, the greatest of all oracles and moments.
    public var maximum: UInt64
    /// Seconds, the mean over oracles and time, in thousandths.
    public var meanMilliseconds: UInt64
    /// Seconds of staleness by the number of seconds that some oracle was so stale at its worst in a slot, for a histogram.
    public var worstOfSlots: [UInt64]

    public init(maximum: UInt64 = 0, meanMilliseconds: UInt64 = 0, worstOfSlots: [UInt64] = []) {
        self.maximum = maximum
        self.meanMilliseconds = meanMilliseconds
        self.worstOfSlots = worstOfSlots
    }
}
