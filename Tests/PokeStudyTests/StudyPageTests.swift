import OraclePokes
import EthPrimitives
import PokeStudy
import StudySamples
import Testing

@Suite struct StudyPageTests {
    static let page = StudyPage(StudySample(slots: 240).result).html

    @Test("The page asks for nothing from anywhere: no script, no address but of its own parts")
    func selfContained() {
        let page = Self.page.lowercased()
        #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""))
        for bad in [
            "<script", "src=", "http:", "https:", "@import", "url(", "<link", "<iframe", "<img", "onclick", "javascript:",
        ] {
            #expect(!page.contains(bad), "the page has \(bad)")
        }
        let references = page.split(separator: "href=\"").dropFirst()
        #expect(references.count > 240 * 4)
        #expect(references.allSatisfy { $0.hasPrefix("#") })
    }

    @Test("Names and sources from files are text, never markup, hidden characters included")
    func escaping() {
        let page = Self.page
        #expect(page.contains("<h1>10 days &amp; &lt;script&gt;alert(1)&lt;/script&gt;</h1>"))
        #expect(page.contains("opt-in &lt;b&gt;&amp;&quot;sources&quot;&lt;/b&gt;"))
        #expect(page.contains("late &amp; &lt;i&gt;starved&lt;/i&gt;"))
        #expect(!page.contains("<b>&") && !page.contains("<i>starved"))
        var result = StudySample(slots: 3).result
        result.strategies[1].slots[0].reason = "turned\u{202E}round' onload=x"
        #expect(StudyPage(result).html.contains("turned\\u202eround&#39; onload=x"))
    }

    @Test("The causes of each strategy add up to what the page prints below them, to the gas and to the wei")
    func causesAddUp() throws {
        let result = StudySample(slots: 240).result
        let tables = Self.page.components(between: "aria-label=\"Causes of what ", and: "</table>")
        #expect(tables.count == 3)
        for (table, strategy) in zip(tables, result.strategies.dropFirst()) {
            let baseline = result.strategies[0].cost
            let rows = table.split(separator: "<tr>").dropFirst(2).map(String.init)
            var sum = Saving()
            for row in rows.dropLast() { sum = sum + (try #require(Self.saving(in: row))) }
            let last = try #require(rows.last)
            let total = try #require(Self.saving(in: last))
            #expect(sum == total)
            #expect(total == baseline - strategy.cost)
            #expect(last.contains(">exact"))
            #expect(rows.count > 3)
        }
    }

    @Test("Causes that do not give the whole difference are called inexact")
    func inexact() {
        var result = StudySample(slots: 24).result
        result.strategies[1].slots[5].parts.append((.failures, Saving(gas: 1, wei: 0)))
        #expect(StudyPage(result).html.contains("<td class=n>inexact"))
        #expect(!StudyPage(StudySample(slots: 24).result).html.contains("inexact"))
    }

    @Test("Every slot of every strategy has a letter that leads to its row, with the command that explains it")
    func slots() {
        for strategy in 0..<4 {
            for slot in [0, 100, 239] {
                #expect(Self.page.contains("href=\"#slot-\(strategy)-\(slot)\""))
                #expect(Self.page.contains("<tr id=slot-\(strategy)-\(slot)>"))
            }
        }
        #expect(Self.page.contains("<code>poker explain 2022-07-29T15:00Z</code>"))
    }

    @Test("The verdict tells of lateness and starvation before it tells of savings")
    func verdict() throws {
        let verdict = try #require(Self.page.components(between: "<p class=verdict>", and: "</p>").first)
        #expect(verdict.hasPrefix("<strong>cheapest</strong> was never late and never starved in 240 slots, used "))
        var result = StudySample(slots: 24).result
        result.strategies[1].slots[3].isLate = true
        result.strategies[1].slots[4].pokes[0].fate = .starved
        #expect(StudyPage(result).html.contains("was late in 1 and starved or failed 1 times in 24 slots"))
    }

    @Test("A strategy that cost more than the baseline is said to have done so")
    func dearer() {
        var result = StudySample(slots: 24).result
        result.strategies.swapAt(0, 1)
        #expect(StudyPage(result).html.contains(" % more gas and spent "))
    }

    @Test(
        "A study without slots, or with one strategy, or with none, still gives a page",
        arguments: [(0, 4), (24, 1), (0, 0), (1, 2)])
    func small(slots: Int, strategies: Int) {
        let page = StudyPage(StudySample(slots: slots, strategies: strategies).result).html
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.contains("nothing to tell") == (slots == 0))
    }

    @Test("Prices and times at the ends of their ranges do not stop the page")
    func extremes() {
        var result = StudySample(slots: 24, strategies: 2).result
        for strategy in result.strategies.indices {
            result.strategies[strategy].slots[3].baseFees = (.zero, .zero, .zero)
            result.strategies[strategy].slots[4].baseFees = (Wei(.max), Wei(.max), Wei(.max))
            result.strategies[strategy].slots[5].start = .max
            result.strategies[strategy].slots[5].staleness = .max
        }
        result.feesNow = Wei(.max)
        #expect(StudyPage(result).html.hasSuffix("</html>\n"))
    }

    @Test("Strategies beyond what a page holds are compared, and their slots left to the CSV")
    func many() {
        let page = StudyPage(StudySample(slots: 24, strategies: 9).result).html
        #expect(page.contains("Slots of 3 more strategies are in the CSV."))
        #expect(page.contains("<th scope=row>strategy 8") && !page.contains("#slot-8-0"))
    }

    @Test("77 days of four strategies stay below five megabytes")
    func size() {
        #expect(StudyPage(StudySample(slots: 77 * 24).result).html.utf8.count < 5_000_000)
    }

    /// Gas and wei of a row: its first two cells of numbers.
    private static func saving(in row: String) -> Saving? {
        let cells = row.components(between: "<td class=n>", and: "<").map { $0.filter { $0 != "," && $0 != "+" } }
        let tails = row.components(between: "<small>", and: "</small>")
        guard cells.count == 3, tails.count == 1, let gas = Int64(cells[0]) else { return nil }
        return Int128((cells[1] + tails[0]).filter { $0 != "." }).map { Saving(gas: gas, wei: $0) }
    }
}

extension String {
    /// The texts that stand between two marks.
    fileprivate func components(between begin: String, and end: String) -> [String] {
        split(separator: begin, omittingEmptySubsequences: false).dropFirst().map { piece in
            String(piece[..<(piece.firstRange(of: end)?.lowerBound ?? piece.endIndex)])
        }
    }
}
