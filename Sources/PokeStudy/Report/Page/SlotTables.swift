import EthPrimitives
import KeeperCore
import OraclePokes

/// Every slot of one strategy with its pokes, the reason, and the command that tells more; a day folds up.
struct SlotTables {
    let strategy: StrategyResult
    let number: Int

    private static let heads =
        [HTML.words("UTC"), HTML.words("pokes")]
        + ["gas used", "gas limit", "base fee, gwei", "tip, gwei", "ETH", "stale"]
        + [HTML.words("saved, gas"), HTML.words("reason")]

    var html: String {
        var out = "<details><summary>\(HTML.text(strategy.name))</summary>\n"
        var begin = strategy.slots.startIndex
        while begin < strategy.slots.endIndex {
            let day = strategy.slots[begin].start / 86_400
            let end = strategy.slots[begin...].firstIndex { $0.start / 86_400 != day } ?? strategy.slots.endIndex
            out += self.day(begin..<end)
            begin = end
        }
        return out + "</details>\n"
    }

    private func day(_ range: Range<Int>) -> String {
        let slots = strategy.slots[range]
        let cost = slots.reduce(Saving()) { $0 + $1.cost }
        let pokes = slots.reduce(0) { $0 + $1.pokes.count }
        let late = slots.count { $0.isLate }
        let date = slots.first.map { String(UTC.minute($0.start).prefix(10)) } ?? ""
        let summary =
            "\(date) <span>\(pokes) pokes in \(slots.count) slots · \(Table.grouped(cost.gas)) gas · "
            + "\(Table.ether(cost.wei)) ETH\(late > 0 ? " · <strong>\(late) late</strong>" : "")</span>"
        return "<details class=slots><summary>\(summary)</summary>"
            + HTML.table("\(strategy.name), \(date)", Self.heads, range.map(row).joined(separator: "\n")) + "</details>\n"
    }

    private func row(_ index: Int) -> String {
        let slot = strategy.slots[index]
        let outcome = SlotOutcome(slot)
        func each(_ text: (PricedPoke) -> String) -> String { slot.pokes.map(text).joined(separator: "<br>") }
        return "<tr id=slot-\(number)-\(index)><th scope=row>\(UTC.minute(slot.start).suffix(5))"
            + "<td><span class=\"key \(outcome.style)\">\(outcome.letter)</span> \(slot.pokes.isEmpty ? "none" : each(describe))"
            + (slot.isLate ? " <strong>late</strong>" : "")
            + HTML.numbers([
                each { Table.grouped($0.gasUsed) }, each { Table.grouped($0.gasLimit) }, each { HTML.gwei($0.baseFee) },
                each { HTML.gwei($0.priorityFee) }, slot.pokes.isEmpty ? "" : HTML.ether(slot.cost.wei),
                Seconds.text(slot.staleness),
            ])
            + "<td>\(slot.parts.filter { $0.saving != Saving() }.map { "\($0.cause.letter)\u{00A0}\(signedGas($0.saving.gas))" }.joined(separator: " "))"
            + "<td>\(HTML.text(slot.reason))<br><code>poker explain \(slotName(slot.start))</code>"
    }

    private func describe(_ poke: PricedPoke) -> String {
        let what = poke.oracles.count == 1 ? "1 oracle" : "\(poke.oracles.count) oracles"
        let spots = poke.ilks.count == 1 ? "1 ilk" : "\(poke.ilks.count) ilks"
        let fate =
            poke.fate == .complete ? "" : " <strong>\(poke.fate == .late ? "after somebody else's" : poke.fate.rawValue)</strong>"
        return "\(poke.method.rawValue): \(what), \(spots)\(poke.isListed ? ", access list" : "")\(fate)"
    }
}
