/// What a run of one strategy leaves behind.
struct RunOutcome: Sendable {
    var name: String
    var slots: [RunSlot]
    var staleness: StalenessSummary
    var digest: String
    var counts: PricingCounts
    var records: [PokeRecord]
}
