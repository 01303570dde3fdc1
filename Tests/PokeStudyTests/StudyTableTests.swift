import OraclePokes
import EthCodec
import PokeStudy
import StudySamples
import Testing

@Suite struct StudyTableTests {
    static let result = StudySample(slots: 240).result
    static let table = StudyTable(result)

    @Test("The table names each strategy with its cost, the baseline first")
    func comparison() throws {
        let lines = Self.table.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[0] == "Study  10 days & <script>alert(1)</script> · 4 oracles, 9 ilks · 240 slots of 1 h · "
                + "2022-07-29 00:00 → 2022-08-07 23:00 UTC")
        #expect(lines[3].contains("pokes") && lines[3].hasSuffix("stale mean / max"))
        #expect(lines[4].hasPrefix("hourly-megapoker ") && lines[5].hasPrefix("cheapest "))
    }

    @Test("Printed gas and printed ETH of the causes add up to the printed totals")
    func causesAddUp() throws {
        var gas: Int64 = 0
        var ether: Int64 = 0
        var totals = 0
        for line in Self.table.text.split(separator: "\n")
        where line.hasPrefix("  ") && !line.contains("%") && !line.contains("mean") {
            let words = line.split(separator: " ").suffix(3).map { $0.filter { !",+.".contains($0) } }
            let row = (gas: try #require(Int64(words[0])), ether: try #require(Int64(words[1])))
            if line.hasPrefix("  total") {
                #expect(row == (gas, ether))
                #expect(words[2] == "(exact)")
                (gas, ether) = (0, 0)
                totals += 1
            } else {
                (gas, ether) = (gas + row.gas, ether + row.ether)
            }
        }
        #expect(totals == 3)
    }

    @Test("The JSON has the same sums, exact, wei as text")
    func json() throws {
        let strategies = try #require(Self.table.json["strategies"]?.array)
        #expect(strategies.count == 4)
        #expect(strategies[0]["saved"] == nil)
        for (json, strategy) in zip(strategies, Self.result.strategies).dropFirst() {
            #expect(json["wei"]?.string == String(strategy.cost.wei))
            let saved = try #require(json["saved"])
            let causes = try #require(saved["causes"]?.array)
            let wei = causes.compactMap { $0["wei"]?.string.flatMap { Int128($0) } }
            #expect(wei.count == causes.count && saved["wei"]?.string == String(wei.reduce(0, +)))
            #expect(saved["exact"] == true)
        }
        #expect(Self.table.json["feesNow"] == "96000000")
    }

    @Test("Hidden characters of names do not reach the terminal, and an empty study has a table")
    func small() {
        var result = StudySample(slots: 0).result
        result.strategies[1].name = "red\u{1B}[31m"
        let text = StudyTable(result).text
        #expect(text.contains("red\\u001b[31m") && !text.contains("\u{1B}"))
        #expect(text.contains("no slots"))
        #expect(StudyTable(StudySample(slots: 0, strategies: 0).result).text.hasPrefix("Study "))
    }
}
