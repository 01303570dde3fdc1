import KeeperCore

/// How stale prices were at their worst in each slot: how many slots of each strategy, from bound to bound.
struct StalenessTable {
    let strategies: [StrategyResult]

    /// Upper bounds in seconds: one and two blocks, then what people name.
    private static let bounds: [(seconds: UInt64, title: String)] = [
        (0, "fresh throughout"), (12, "up to 12 s"), (24, "up to 24 s"), (60, "up to 1 min"), (300, "up to 5 min"),
        (600, "up to 10 min"), (1200, "up to 20 min"), (3600, "up to 1 h"), (.max, "over 1 h"),
    ]

    var html: String {
        let counts = strategies.map { strategy in
            var counts = [Int](repeating: 0, count: Self.bounds.count)
            for slot in strategy.slots {
                guard let index = Self.bounds.firstIndex(where: { slot.staleness <= $0.seconds }) else { continue }
                counts[index] += 1
            }
            return counts
        }
        var rows = ""
        for (index, bound) in Self.bounds.enumerated() where counts.contains(where: { $0[index] > 0 }) {
            rows += "<tr><th scope=row>\(bound.title)"
            rows += counts.enumerated().map { HTML.bar($1[index], of: $1.reduce(0, +), strategyStyle($0)) }.joined()
        }
        func row(_ title: String, _ value: (StalenessSummary) -> String) -> String {
            "<tr><th scope=row>\(title)" + HTML.numbers(strategies.map { value($0.staleness) })
        }
        let foot =
            row("mean over oracles and time") { Seconds.thousandths($0.meanMilliseconds) }
            + row("greatest") { Seconds.text($0.maximum) }
        return HTML.table(
            "Staleness", [HTML.words("worst of a slot")] + strategies.map { "<th class=n scope=col>" + HTML.text($0.name) }, rows,
            foot: foot)
    }
}
