import OraclePokes
import EthPrimitives
import KeeperCore

/// Gas and ether of all strategies over time.
struct CostCharts {
    let strategies: [StrategyResult]
    let time: TimeAxis

    var html: String {
        let bins = time.bins
        let costs = strategies.map { strategy in
            bins.map { bin -> (gas: Int128, wei: Int128) in
                let slots = strategy.slots[bin.clamped(to: strategy.slots.indices)]
                let sum = slots.reduce(Saving()) { $0 + $1.cost }
                let count = Int128(max(1, slots.count))
                return (Int128(sum.gas) / count, sum.wei / count)
            }
        }
        let gas = chart("Gas per slot, \(time.binName)", costs.map { $0.map(\.gas) }) { Self.short($0) }
        let ether = chart("ETH per slot, \(time.binName)", costs.map { $0.map(\.wei) }) { EtherColumn.round($0) }
        return "\(legend)<div class=pair>\(gas)\(ether)</div>\n"
    }

    private func chart(_ title: String, _ series: [[Int128]], _ label: @escaping (Int128) -> String) -> String {
        var plot = Plot(title, Axis.linear(series.joined()), time, label: label)
        let bins = time.bins
        // The baseline last would hide the others.
        for (index, values) in series.enumerated() {
            let points = zip(bins, values).map { (x: time.x($0), y: plot.y($1)) }
            let style = "line \(strategyStyle(index))"
            // One point is no line.
            plot.drawing +=
                points.count == 1
                ? "<path class=\"dot \(strategyStyle(index))\" d=\"\(Plot.dots(points))\"/>"
                : "<path class=\"\(style)\" d=\"\(Plot.path(points))\"/>"
        }
        return "<figure><figcaption>\(HTML.text(title))</figcaption>\(plot.html)</figure>"
    }

    private var legend: String {
        let items = strategies.enumerated().map {
            "<li><span class=\"swatch \(strategyStyle($0.offset))\"></span> \(HTML.text($0.element.name))"
        }
        return "<ul class=legend>\(items.joined())</ul>\n"
    }

    /// `250k` for thousands.
    private static func short(_ gas: Int128) -> String {
        gas != 0 && gas % 1000 == 0 ? Table.grouped(gas / 1000) + "k" : Table.grouped(gas)
    }
}

/// The colour of a strategy by its place: the baseline is grey.
func strategyStyle(_ index: Int) -> String { index == 0 ? "s0" : "s\((index - 1) % 5 + 1)" }
