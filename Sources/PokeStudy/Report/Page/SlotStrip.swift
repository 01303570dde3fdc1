import KeeperCore
import OraclePokes

/// All slots of one strategy as a table of letters, a day (24 slots) in each row; each leads to its row among the pokes.
struct SlotStrip {
    let strategy: StrategyResult
    /// Its place among the strategies.
    let number: Int
    let slotLength: UInt64

    private static let columns: UInt64 = 24

    var html: String {
        "<figure><figcaption>\(HTML.text(strategy.name))</figcaption><div class=\"box strip\" tabindex=0 role=region "
            + "aria-label=\"Slots of \(HTML.text(strategy.name))\">\(heads)\(rows)</div></figure>\n"
    }

    private var heads: String {
        guard slotLength == 3600 else { return "" }
        return "<div class=day><b></b>" + (0..<24).map { "<i>\($0 % 6 == 0 ? "\($0)" : "")</i>" }.joined() + "</div>"
    }

    private var rows: String {
        var out = ""
        var day: UInt64?
        var column: UInt64 = 0
        for (index, slot) in strategy.slots.enumerated() {
            let place = slot.start / max(1, slotLength)
            if day != place / Self.columns {
                out += day == nil ? "" : "</div>"
                day = place / Self.columns
                column = 0
                out += "<div class=day><b>\(UTC.minute(slot.start).prefix(10).suffix(5))</b>"
            }
            while column < place % Self.columns {
                out += "<i></i>"
                column += 1
            }
            column += 1
            let outcome = SlotOutcome(slot)
            out +=
                "<a class=\(outcome.style) href=\"#slot-\(number)-\(index)\" title=\"\(title(slot, outcome))\">\(outcome.letter)</a>"
        }
        return day == nil ? "<p>no slots</p>" : out + "</div>"
    }

    private func title(_ slot: SlotResult, _ outcome: SlotOutcome) -> String {
        let gas = slot.pokes.isEmpty ? "" : ", \(Table.grouped(slot.cost.gas)) gas"
        return "\(UTC.minute(slot.start)) \(outcome.title)\(gas)"
    }

    /// Only the outcomes that occur.
    static func legend(_ strategies: some Sequence<StrategyResult>) -> String {
        var seen: Set<SlotOutcome> = []
        for strategy in strategies { for slot in strategy.slots { seen.insert(SlotOutcome(slot)) } }
        let items = SlotOutcome.allCases.filter(seen.contains).map {
            "<li><span class=\($0.style)>\($0.letter)</span> \($0.title)"
        }
        return items.isEmpty ? "" : "<ul class=legend>\(items.joined())</ul>\n"
    }
}
