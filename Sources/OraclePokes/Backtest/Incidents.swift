import EthPrimitives

/// What a fixed multiple of an estimate from before the hour would have done: reported apart, never as a saving.
struct Incidents: Sendable {
    struct Row: Sendable {
        /// Hundredths: 120 is 1.2 ×.
        var multiple: Gas
        var failed = 0
        var starved = 0
        var complete = 0
        /// The ilk that starved, if always the same.
        var starvedIlk: String?

        var title: String { "\(multiple / 100).\(multiple % 100 / 10)" }
    }

    /// Multiples that pokers use.
    static let multiples: [Gas] = [100, 120, 150, 200]

    private(set) var rows: [Row] = Self.multiples.map { Row(multiple: $0) }

    init(_ records: [SlotRecord], _ model: PokeGasModel) {
        for record in records {
            guard let before = record.gasBefore, let poke = record.baseline else { continue }
            let needed = model.megaPoker(poke.effects).needed
            let statusOne = model.megaPokerStatusOne(poke.effects)
            for index in rows.indices {
                let limit = model.nodeEstimate(before) * rows[index].multiple / 100
                if limit < statusOne {
                    rows[index].failed += 1
                } else if limit < needed {
                    rows[index].starved += 1
                    rows[index].starvedIlk = poke.effects.spots.last?.ilk
                } else {
                    rows[index].complete += 1
                }
            }
        }
    }
}
