import OraclePokes
import EthPrimitives
import KeeperCore

/// A study for a terminal: the strategies below each other, and where the savings of each come from.
public struct StudyTable: Sendable {
    let result: StudyResult
    let figures: [StrategyFigures]

    public init(_ result: StudyResult) {
        self.result = result
        figures = StrategyFigures.all(result)
    }

    /// Lines without a line break at the end. What files say is shown without hidden characters.
    public var text: String {
        var lines = [StudyHeading(result).line, "Source  " + VisibleText.line(result.source), ""]
        lines.append(
            Table.row(["", "pokes", "failed", "starved", "late", "gas", "ETH spent", "stale mean / max"], comparisonWidths))
        lines += figures.map(comparison)
        for figures in figures.dropFirst() { lines += savings(figures) }
        lines.append("")
        for strategy in result.strategies {
            lines.append("Decisions of \(VisibleText.line(strategy.name)) Keccak-256 \(VisibleText.line(strategy.digest))")
        }
        return lines.joined(separator: "\n")
    }

    private var names: [String] { figures.map { VisibleText.line($0.name) } }
    private var comparisonWidths: [Int] { [max(17, names.map(\.count).max() ?? 0), 8, 8, 9, 7, 16, 14, 22] }
    private static let causeWidths = [(SavingCause.allCases.map(\.title.count).max() ?? 0) + 5, 14, 14, 9]

    /// One number of places for the whole table, so that its columns add up.
    private var places: Int { Table.etherPlaces(figures.first?.cost.wei ?? 0) }

    private func comparison(_ figures: StrategyFigures) -> String {
        Table.row(
            [
                VisibleText.line(figures.name), Table.grouped(figures.pokes), Table.grouped(figures.failed),
                Table.grouped(figures.starved),
                Table.grouped(figures.late), Table.grouped(figures.cost.gas), Table.ether(figures.cost.wei, places: places),
                "\(Seconds.thousandths(figures.staleness.meanMilliseconds)) / \(Seconds.text(figures.staleness.maximum))",
            ], comparisonWidths)
    }

    private func savings(_ figures: StrategyFigures) -> [String] {
        let saved = figures.saved
        let total = Table.rounded(figures.baseline.wei, places: places) - Table.rounded(figures.cost.wei, places: places)
        let parts = EtherColumn.rounded(figures.parts.map(\.saving.wei), to: total, places: places)
        var lines = ["", Table.row(["\(VisibleText.line(figures.name)) saves", "gas", "ETH", "slots"], Self.causeWidths)]
        for (part, wei) in zip(figures.parts, parts) {
            lines.append(
                Table.row(
                    [
                        "  \(part.cause.letter) \(part.cause.title)", signedGas(part.saving.gas),
                        EtherColumn.signed(wei, places: places), Table.grouped(part.slots),
                    ], Self.causeWidths))
        }
        lines.append(
            Table.row(
                [
                    "  total", Table.grouped(saved.gas), Table.ether(total, places: places),
                    figures.isExact ? "(exact)" : "(INEXACT)",
                ], Self.causeWidths))
        lines.append(
            "  \(Table.percent(Int128(saved.gas), Int128(figures.baseline.gas))) gas, "
                + "\(Table.percent(saved.wei, figures.baseline.wei)) ETH; at fees now (\(result.feesNow)) the same gas saves "
                + "\(Table.ether(figures.saved(at: result.feesNow))) ETH")
        return lines
    }
}
