import EthPrimitives
import KeeperCore

/// All strategies below each other.
struct ComparisonTable {
    let figures: [StrategyFigures]
    let feesNow: Wei

    var html: String {
        HTML.table(
            "Comparison of strategies",
            [
                HTML.words("strategy"), "late slots", "starved", "failed", "lost races", "pokes", "gas", "saved", "ETH", "saved",
                "", "saved at fees now", "stale mean", "stale max",
            ], figures.map(row).joined())
    }

    private func row(_ figures: StrategyFigures) -> String {
        let saved = figures.saved
        let isBaseline = figures.isBaseline
        return "<tr><th scope=row>\(HTML.text(figures.name))"
            + HTML.numbers([
                Table.grouped(figures.late), Table.grouped(figures.starved), Table.grouped(figures.failed),
                Table.grouped(figures.lostRaces), Table.grouped(figures.pokes), Table.grouped(figures.cost.gas),
                isBaseline ? "–" : Table.percent(Int128(saved.gas), Int128(figures.baseline.gas)),
                HTML.ether(figures.cost.wei), isBaseline ? "–" : HTML.ether(saved.wei),
                isBaseline ? "–" : Table.percent(saved.wei, figures.baseline.wei),
                isBaseline ? "–" : Table.ether(figures.saved(at: feesNow)) + " ETH",
                Seconds.thousandths(figures.staleness.meanMilliseconds), Seconds.text(figures.staleness.maximum),
            ])
    }
}
