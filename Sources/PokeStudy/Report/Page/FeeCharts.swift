import OraclePokes
import EthPrimitives
import KeeperCore

/// The base fee that each strategy's pokes paid, against the lowest, the highest and the first of their slots.
struct FeeCharts {
    let strategies: [StrategyResult]
    let time: TimeAxis

    private typealias Point = (x: Double, y: Double)

    var html: String {
        guard let slots = strategies.first?.slots, !slots.isEmpty else { return "" }
        let bins = time.bins.map { $0.clamped(to: slots.indices) }
        // Wei per gas: means over the slots of a bin.
        let first = bins.map { Self.mean(slots[$0].map(\.baseFees.first)) }
        let lowest = bins.map { Self.mean(slots[$0].map(\.baseFees.lowest)) }
        let highest = bins.map { Self.mean(slots[$0].map(\.baseFees.highest)) }
        let paid = strategies.map { strategy in
            bins.map { bin in
                Self.mean(strategy.slots[bin.clamped(to: strategy.slots.indices)].flatMap { $0.pokes.map(\.baseFee) })
            }
        }
        let axis = Axis.logarithmic((first + lowest + highest + paid.joined()).compactMap { $0 })
        let charts = strategies.indices.map { index in
            var plot = Plot("Base fees of slots and of the pokes of \(strategies[index].name), gwei", axis, time) {
                HTML.gwei(Wei(UInt256($0.magnitude)))
            }
            let points = { (values: [Int128?]) -> [Point] in
                zip(bins, values).compactMap { bin, value in value.map { (x: time.x(bin), y: plot.y($0)) } }
            }
            if index == 0 {
                // The ground is the same everywhere: it is drawn once.
                plot.drawing =
                    "<g id=fees><path class=band d=\"\(Plot.path(points(highest) + points(lowest).reversed()))Z\"/>"
                    + "<path class=first d=\"\(Plot.path(points(first)))\"/></g>"
            } else {
                plot.drawing = "<use href=\"#fees\"/>"
            }
            let dots = points(paid[index])
            let isLine = bins.count < slots.count && dots.count > 1
            plot.drawing +=
                "<path class=\"\(isLine ? "line" : "dot") \(strategyStyle(index))\" d=\"\(isLine ? Plot.path(dots) : Plot.dots(dots))\"/>"
            return "<figure><figcaption>\(HTML.text(strategies[index].name)), gwei</figcaption>\(plot.html)</figure>"
        }
        return "<ul class=legend><li>\(HTML.text(time.binName)):<li><span class=\"swatch band\"></span> lowest to highest"
            + "<li><span class=\"swatch first\"></span> first<li><span class=\"swatch s1\"></span> paid</ul>\n"
            + "<div class=pair>\(charts.joined())</div>\n" + FeeTables(strategies: strategies).html
    }

    /// `nil` of nothing.
    private static func mean(_ fees: [Wei]) -> Int128? {
        guard !fees.isEmpty else { return nil }
        // Divided first: a mean that is off by less than a wei for each is still a place on paper.
        return fees.reduce(0) { $0 + $1.signed / Int128(fees.count) }
    }
}
