import OraclePokes
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
                HTML.words("strategy"), "late slots", "starved", "failed", "lost races", "pokes", "gas", "gas saved", "ETH",
                "ETH saved",
                "at fees now", "staleness",
            ], figures.map(row).joined())
    }

    private func row(_ figures: StrategyFigures) -> String {
        let saved = figures.saved
        var cells = [
            Table.grouped(figures.late), Table.grouped(figures.starved), Table.grouped(figures.failed),
            Table.grouped(figures.lostRaces), Table.grouped(figures.pokes), Table.grouped(figures.cost.gas), "",
            HTML.ether(figures.cost.wei), "", "",
            "mean \(Seconds.thousandths(figures.staleness.meanMilliseconds))<br>max \(Seconds.text(figures.staleness.maximum))",
        ]
        if !figures.isBaseline {
            cells[6] = "\(Table.grouped(saved.gas))<br>\(Table.percent(Int128(saved.gas), Int128(figures.baseline.gas)))"
            cells[8] = "\(HTML.ether(saved.wei))<br>\(Table.percent(saved.wei, figures.baseline.wei))"
            cells[9] = Table.ether(figures.saved(at: feesNow))
        }
        return "<tr><th scope=row>\(HTML.text(figures.name))\(figures.isBaseline ? "<br><small>baseline</small>" : "")"
            + HTML.numbers(cells)
    }
}
