import OraclePokes
import EthPrimitives
import KeeperCore

/// A study as one HTML document that needs nothing else: no network, no script, no other file.
///
/// Light and dark as the reader's system is; tables scroll inside of their boxes on narrow screens; on paper, tables of slots stay
/// folded. All text from files is escaped.
public struct StudyPage: Sendable {
    let result: StudyResult
    let figures: [StrategyFigures]

    public init(_ result: StudyResult) {
        self.result = result
        figures = StrategyFigures.all(result)
    }

    /// The whole document, UTF-8.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang=en>
        <head>
        <meta charset=utf-8>
        <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name=viewport content="width=device-width, initial-scale=1">
        <meta name=color-scheme content="light dark">
        <title>\(HTML.text(result.name)): study of pokes</title>
        <style>\(PageStyle.text)</style>
        </head>
        <body>
        \(header)<main>
        \(Verdict(figures: figures, feesNow: result.feesNow).html)\(sections)</main>
        \(footer)</body>
        </html>

        """
    }

    private var header: String {
        "<header><h1>\(HTML.text(result.name))</h1><p>\(HTML.text(StudyHeading(result).scope))</p>"
            + "<p class=muted>\(HTML.text(result.source))</p></header>\n"
    }

    /// Every slot of so many strategies is shown, so that the page stays one that a browser opens at once.
    private var detailed: Int {
        let slots = max(1, result.strategies.first?.slots.count ?? 1)
        return min(result.strategies.count, max(2, min(6, 12_000 / slots)))
    }

    private var sections: String {
        guard let first = result.strategies.first, !first.slots.isEmpty else { return "" }
        let time = TimeAxis(starts: first.slots.map(\.start), slotLength: result.slotLength)
        let shown = Array(result.strategies.prefix(detailed))
        let order = CauseChart.byWeight(figures.prefix(detailed))
        let causes = zip(shown, figures).dropFirst().map { strategy, figures in
            "<figure><figcaption>\(HTML.text(strategy.name)), ETH</figcaption>"
                + CauseChart(strategy: strategy, figures: figures, time: time, causes: order).html + "</figure>\n"
        }
        let strips = shown.enumerated().map {
            SlotStrip(strategy: $0.element, number: $0.offset, slotLength: result.slotLength).html
        }
        let tables = shown.enumerated().map { SlotTables(strategy: $0.element, number: $0.offset).html }
        return section("Strategies", "", ComparisonTable(figures: figures, feesNow: result.feesNow).html)
            + (causes.isEmpty
                ? ""
                : section(
                    "Where the savings come from", "Added up over time; the line is the sum.",
                    "<div class=pair>\(causes.joined())</div>"))
            + section(
                "Slots", "One letter a slot, one row a day, UTC. A letter leads to the slot's pokes and its reason.",
                "<p class=skip><a href=\"#cost\">skip the slots</a></p>" + SlotStrip.legend(shown)
                    + "<div class=strips>\(strips.joined())</div>")
            + section("Gas and ETH per slot", "", CostCharts(strategies: shown, time: time).html, id: "cost")
            + section(
                "Staleness", "Seconds since a perfect hourly poker would have had a newer price: the worst oracle of each slot.",
                StalenessTable(strategies: shown).html)
            + section(
                "Fee paid against the slot's fees", "Base fee per gas; the axis is logarithmic.",
                FeeCharts(strategies: shown, time: time).html)
            + section("Pokes", note, tables.joined())
    }

    private var note: String {
        let rest = result.strategies.count - detailed
        return "Days unfold. The command in a row tells from a keeper's journal what it saw and decided in that slot."
            + (rest > 0 ? " Slots of \(rest) more strategies are in the CSV." : "")
    }

    private func section(_ title: String, _ note: String, _ content: String, id: String = "") -> String {
        "<section\(id.isEmpty ? "" : " id=\(id)")><h2>\(title)</h2>\(note.isEmpty ? "" : "<p class=muted>\(note)</p>")\n\(content)</section>\n"
    }

    private var footer: String {
        let digests = result.strategies.map { "<li>\(HTML.text($0.name)) <code>\(HTML.text($0.digest))</code>" }
        return "<footer><p>Decisions and pokes, SHA-256; the same on every machine</p><ul>\(digests.joined())</ul></footer>\n"
    }
}
