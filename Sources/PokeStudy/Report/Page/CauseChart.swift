import OraclePokes
import KeeperCore

/// What one strategy saved until each moment, by cause: savings stand on the zero line, costs hang below it, and the line is the sum.
/// The table below it names the causes and is the chart's legend.
struct CauseChart {
    let strategy: StrategyResult
    let figures: StrategyFigures
    let time: TimeAxis

    /// The causes that occur, those first that weigh most in any strategy: a cause has one colour on the whole page.
    let causes: [SavingCause]

    /// So many causes have a colour of their own; the lightest others share one.
    private static let colours = 7

    /// All causes of some strategies, the heaviest first.
    static func byWeight(_ figures: some Sequence<StrategyFigures>) -> [SavingCause] {
        var weights: [SavingCause: UInt128] = [:]
        for part in figures.flatMap(\.parts) {
            weights[part.cause] = max(weights[part.cause] ?? 0, part.saving.wei.magnitude)
        }
        return SavingCause.allCases.filter { weights[$0] != nil }.sorted { (weights[$0] ?? 0) > (weights[$1] ?? 0) }
    }

    private func style(_ cause: SavingCause) -> String {
        guard let place = causes.firstIndex(of: cause), place < Self.colours else { return "c0" }
        return "c\(place + 1)"
    }

    var html: String { plot + table }

    private var plot: String {
        let named = Array(causes.prefix(Self.colours))
        // One series for each cause with a colour, and one for all others.
        let series = named.count + (causes.count > named.count ? 1 : 0)
        guard !figures.parts.isEmpty else { return "<p>No slot differs from the baseline's.</p>" }
        var sums = [Int128](repeating: 0, count: series)
        var history: [[Int128]] = [sums]
        var places = [0.0]
        for bin in time.bins {
            for slot in strategy.slots[bin.clamped(to: strategy.slots.indices)] {
                for (cause, saving) in slot.parts where saving != Saving() {
                    sums[named.firstIndex(of: cause) ?? series - 1] += saving.wei
                }
            }
            history.append(sums)
            places.append(time.end(bin))
        }
        let above = history.map { $0.filter { $0 > 0 }.reduce(0, +) }
        let below = history.map { $0.filter { $0 < 0 }.reduce(0, +) }
        let axis = Axis.linear(above + below)
        var plot = Plot("Saved by \(strategy.name) until each moment, by cause, ETH", axis, time, label: EtherColumn.round)
        for index in 0..<series {
            let style = index < named.count ? "c\(index + 1)" : "c0"
            for isAbove in [true, false] {
                let edges = history.map { Self.edges(of: index, in: $0, above: isAbove) }
                guard let last = edges.last, edges.contains(where: { $0.inner != $0.outer }) else { continue }
                let outer = zip(places, edges).map { (x: $0, y: plot.y($1.outer)) }
                let inner = zip(places, edges).map { (x: $0, y: plot.y($1.inner)) }
                plot.drawing += "<path class=\"part \(style)\" d=\"\(Plot.path(outer + inner.reversed()))Z\"/>"
                let (bottom, top) = (axis.height(min(last.inner, last.outer)), axis.height(max(last.inner, last.outer)))
                if top - bottom > 0.07 {
                    plot.marks.append(((top + bottom) / 2, index < named.count ? String(named[index].letter) : "…"))
                }
            }
        }
        let total = zip(places, history).map { (x: $0, y: plot.y($1.reduce(0, +))) }
        plot.drawing += "<path class=total d=\"\(Plot.path(total))\"/>"
        return plot.html
    }

    /// Where a series begins and ends when the ones before it stand closer to zero.
    private static func edges(of index: Int, in sums: [Int128], above: Bool) -> (inner: Int128, outer: Int128) {
        func part(_ value: Int128) -> Int128 { above ? max(0, value) : min(0, value) }
        let inner = sums.prefix(index).map(part).reduce(0, +)
        return (inner, inner + part(sums[index]))
    }

    private var table: String {
        let rows = figures.parts.map { part in
            "<tr><th scope=row><span class=\"key \(style(part.cause))\">\(part.cause.letter)</span> \(HTML.text(part.cause.title))"
                + HTML.numbers([
                    signedGas(part.saving.gas), HTML.ether(part.saving.wei, signed: true), Table.grouped(part.slots),
                ])
        }.joined()
        let total =
            "<tr><th scope=row>total"
            + HTML.numbers([
                Table.grouped(figures.saved.gas), HTML.ether(figures.saved.wei), figures.isExact ? "exact" : "inexact",
            ])
        return HTML.table(
            "Causes of what \(strategy.name) saved", [HTML.words("cause"), "gas", "ETH", "slots"], rows, foot: total)
    }
}
