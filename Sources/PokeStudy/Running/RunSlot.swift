import EthPrimitives

/// One slot while a strategy runs.
struct RunSlot: Sendable {
    static let unseen = "nothing was due at any block of this slot"

    /// Unix seconds.
    var start: UInt64
    var pokes: [PricedPoke] = []
    var reason = RunSlot.unseen
    /// What other calls would have cost in the place of the first poke.
    var path: GasPath?
    var staleness: UInt64 = 0
    private(set) var fees: (first: Wei, lowest: Wei, highest: Wei)?

    init(start: UInt64) { self.start = start }

    /// A block of the slot has this base fee.
    mutating func see(_ baseFee: Wei) {
        guard let known = fees else { return fees = (baseFee, baseFee, baseFee) }
        fees = (known.first, min(known.lowest, baseFee), max(known.highest, baseFee))
    }
}
