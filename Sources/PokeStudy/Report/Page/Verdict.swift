import OraclePokes
import EthPrimitives
import KeeperCore

/// The study in a sentence and three tiles: lateness and starvation first, then what was saved.
struct Verdict {
    let figures: [StrategyFigures]
    let feesNow: Wei

    /// The strategy that it is about: the first after the baseline.
    private var ours: StrategyFigures? { figures.dropFirst().first ?? figures.first }

    var html: String {
        guard let ours, ours.slots > 0 else { return "<p class=verdict>The scenario has no whole slot: nothing to tell.</p>\n" }
        return "<p class=verdict>\(sentence(ours))</p>\n<div class=tiles>\(late(ours))\(starved(ours))\(saved(ours))</div>\n"
    }

    private func sentence(_ ours: StrategyFigures) -> String {
        let slots = "\(Table.grouped(ours.slots)) slot\(ours.slots == 1 ? "" : "s")"
        let late = ours.late == 0 ? "never late" : "late in \(Table.grouped(ours.late))"
        let broken = ours.starved + ours.failed
        let starved = broken == 0 ? "never starved" : "starved or failed \(Table.grouped(broken)) times"
        var text = "<strong>\(HTML.text(ours.name))</strong> was \(late) and \(starved) in \(slots)"
        if let baseline = figures.first, !ours.isBaseline {
            let gas = Table.percent(Int128(abs(ours.saved.gas)), Int128(baseline.cost.gas))
            let ether = Table.percent(Int128(clamping: ours.saved.wei.magnitude), baseline.cost.wei)
            text +=
                ", \(ours.saved.gas < 0 ? "used \(gas) more" : "used \(gas) less") gas and "
                + "\(ours.saved.wei < 0 ? "spent \(ether) more" : "spent \(ether) less") ETH than \(HTML.text(baseline.name))"
        }
        return text + "."
    }

    private func late(_ ours: StrategyFigures) -> String {
        tile(
            "Late", "\(Table.grouped(ours.late))", "of \(Table.grouped(ours.slots)) slots missed a deadline",
            isGood: ours.late == 0,
            others { "\(Table.grouped($0.late))" })
    }

    private func starved(_ ours: StrategyFigures) -> String {
        tile(
            "Starved or failed", "\(Table.grouped(ours.starved + ours.failed))",
            "of \(Table.grouped(ours.pokes)) pokes did not do all", isGood: ours.starved + ours.failed == 0,
            others { "\(Table.grouped($0.starved + $0.failed))" })
    }

    private func saved(_ ours: StrategyFigures) -> String {
        guard !ours.isBaseline else {
            return tile("Spent", "\(Table.ether(ours.cost.wei)) ETH", "\(Table.grouped(ours.cost.gas)) gas", isGood: nil, "")
        }
        return tile(
            "Saved", "\(Table.ether(ours.saved.wei)) ETH",
            "at the fees of the period · \(Table.ether(ours.saved(at: feesNow))) ETH at fees now (\(HTML.text("\(feesNow)")))",
            isGood: ours.saved.wei >= 0,
            others { $0.isBaseline ? nil : "\(Table.ether($0.saved.wei)) ETH" })
    }

    /// The same figure of the other strategies, in small.
    private func others(_ value: (StrategyFigures) -> String?) -> String {
        let rest = figures.enumerated().filter { $0.offset != 1 && figures.count > 1 }.prefix(8)
        return rest.compactMap { entry in value(entry.element).map { "<li>\(HTML.text(entry.element.name)) <b>\($0)</b>" } }
            .joined()
    }

    private func tile(_ title: String, _ value: String, _ note: String, isGood: Bool?, _ others: String) -> String {
        let mark = isGood.map { $0 ? "<span class=good>✓</span>" : "<span class=bad>✗</span>" } ?? ""
        return "<div class=tile><h3>\(title) \(mark)</h3><p class=value>\(value)</p><p>\(note)</p>"
            + (others.isEmpty ? "" : "<ul>\(others)</ul>") + "</div>"
    }
}
