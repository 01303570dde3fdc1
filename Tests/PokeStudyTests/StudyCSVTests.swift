import PokeStudy
import StudySamples
import Testing

@Suite struct StudyCSVTests {
    static let result = StudySample(slots: 240).result
    static let lines = records(StudyCSV(result).text)

    @Test("There is a heading, and a line for each slot of each strategy, all equally long")
    func shape() {
        #expect(Self.lines.count == 1 + 4 * 240)
        #expect(Self.lines.allSatisfy { $0.count == 15 + 2 * 16 })
        #expect(Self.lines[0].prefix(5) == ["strategy", "slot", "utc", "pokes", "method"])
        #expect(Self.lines[1].prefix(5) == ["hourly-megapoker", "1659052800", "2022-07-29T00:00Z", "1", "mega-poker"])
    }

    @Test("In every slot of every strategy the causes are exactly the difference to the baseline's slot")
    func causesAddUp() throws {
        let heading = Self.lines[0]
        let gas = try #require(heading.firstIndex(of: "gasUsed"))
        let wei = try #require(heading.firstIndex(of: "feeWei"))
        for (place, line) in Self.lines.dropFirst().enumerated() {
            let baseline = Self.lines[1 + place % 240]
            let parts = line.dropFirst(15).map { Int128($0) ?? .max }
            let sums = stride(from: 0, to: parts.count, by: 2).reduce((gas: Int128(0), wei: Int128(0))) {
                ($0.gas + parts[$1], $0.wei + parts[$1 + 1])
            }
            #expect(sums.gas == (Int128(baseline[gas]) ?? 0) - (Int128(line[gas]) ?? 0))
            #expect(sums.wei == (Int128(baseline[wei]) ?? 0) - (Int128(line[wei]) ?? 0))
        }
    }

    @Test("Commas, quotes and line breaks in names come back as they were")
    func quoting() {
        var result = StudySample(slots: 1, strategies: 2).result
        result.strategies[1].name = "a,\"b\"\r\nc\u{301}\"\u{301}"
        result.strategies[1].slots[0].reason = "plain"
        let lines = Self.records(StudyCSV(result).text)
        #expect(lines.count == 3)
        #expect(lines[2][0] == result.strategies[1].name)
        #expect(lines[2][14] == "plain")
    }

    /// A reader of RFC 4180, written for this test.
    private static func records(_ text: String) -> [[String]] {
        var records: [[String]] = [[]]
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            switch scalar {
            case "\"" where isQuoted && next == "\"":
                field.append(scalar)
                next = scalars.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                records[records.count - 1].append(String(field))
                field = String.UnicodeScalarView()
            case "\r" where !isQuoted && next == "\n":
                next = scalars.next()
                records[records.count - 1].append(String(field))
                field = String.UnicodeScalarView()
                records.append([])
            default: field.append(scalar)
            }
        }
        return records.dropLast()
    }
}
