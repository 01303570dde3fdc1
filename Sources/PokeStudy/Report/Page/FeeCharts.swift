import EthPrimitives
import KeeperCore

/// The base fee that each poke paid, against the lowest, the highest and the first of its slot.
struct FeeCharts {
    let strategies: [StrategyResult]
    let time: TimeAxis

    private typealias Point = (x: Double, y: Double)

    var html: String {
        guard let slots = strategies.first?.slots, !slots.isEmpty else { return "" }
        let fees = slots.flatMap { [$0.baseFees.lowest.signed, $0.baseFees.highest.signed, $0.baseFees.first.signed] }
        let paid = strategies.flatMap { $0.slots.flatMap { $0.pokes.map(\.baseFee.signed) } }
        let axis = Axis.logarithmic(fees + paid)
        let charts = strategies.enumerated().map { chart($0.offset, $0.element, axis) }
        return "<ul class=legend><li><span class=\"swatch band\"></span> lowest to highest of the slot"
            + "<li><span class=\"swatch s1\"></span> paid by a poke</ul>\n<div class=pair>\(charts.joined())</div>\n" + table
    }

    private func chart(_ index: Int, _ strategy: StrategyResult, _ axis: Axis) -> String {
        var plot = Plot("Base fees of slots and of the pokes of \(strategy.name), gwei", axis, time) {
            HTML.gwei(Wei(UInt256($0.magnitude)))
        }
        // The band is the same everywhere: it is drawn once.
        plot.drawing = index == 0 ? band(plot, strategy) : "<use href=\"#fees\"/>"
        var points: [Point] = []
        for (place, slot) in strategy.slots.enumerated() {
            for poke in slot.pokes { points.append((x: time.x(place), y: plot.y(poke.baseFee.signed))) }
        }
        plot.drawing +=
            "<path class=\"\(points.count > 400 ? "dot few" : "dot") \(strategyStyle(index))\" d=\"\(Plot.dots(points))\"/>"
        return "<figure><figcaption>\(HTML.text(strategy.name)), gwei</figcaption>\(plot.html)</figure>"
    }

    private func band(_ plot: Plot, _ strategy: StrategyResult) -> String {
        let slots = strategy.slots
        let top = slots.enumerated().map { (x: time.x($0.offset), y: plot.y($0.element.baseFees.highest.signed)) }
        let bottom = slots.enumerated().map { (x: time.x($0.offset), y: plot.y($0.element.baseFees.lowest.signed)) }
        return "<path id=fees class=band d=\"\(Plot.path(top + bottom.reversed()))Z\"/>"
    }

    private var table: String {
        let rows = strategies.map { strategy in
            var fees = FeeMeans()
            for slot in strategy.slots { for poke in slot.pokes { fees.take(poke, slot) } }
            return "<tr><th scope=row>\(HTML.text(strategy.name))" + HTML.numbers(fees.cells)
        }.joined()
        return HTML.table(
            "Base fees paid",
            [
                HTML.words("mean per gas, gwei"), "slot's lowest", "first", "highest", "paid", "below first", "at first",
                "above first",
            ],
            rows)
    }
}

/// Means per gas of what the pokes paid, and of what their slots had.
private struct FeeMeans {
    private var gas: Int128 = 0
    private var sums: [Int128] = [0, 0, 0, 0]
    private var below = 0
    private var equal = 0
    private var above = 0

    mutating func take(_ poke: PricedPoke, _ slot: SlotResult) {
        let used = Int128(clamping: poke.gasUsed)
        let fees = [slot.baseFees.lowest, slot.baseFees.first, slot.baseFees.highest, poke.baseFee]
        gas += used
        for (index, fee) in fees.enumerated() {
            let (product, overflow) = fee.signed.multipliedReportingOverflow(by: used)
            let (sum, tooLarge) = sums[index].addingReportingOverflow(product)
            sums[index] = overflow || tooLarge ? .max : sum
        }
        if poke.baseFee < slot.baseFees.first {
            below += 1
        } else if poke.baseFee == slot.baseFees.first {
            equal += 1
        } else {
            above += 1
        }
    }

    var cells: [String] {
        let means = sums.map { gas > 0 ? Wei(UInt256(($0 / gas).magnitude)).fixed(9, places: 3) : "–" }
        return means + [below, equal, above].map { Table.grouped($0) }
    }
}
