import Foundation

/// A time for people.
func time(_ nanoseconds: Double) -> String {
    switch nanoseconds {
    case ..<10: String(format: "%.2f ns", nanoseconds)
    case ..<100: String(format: "%.1f ns", nanoseconds)
    case ..<10_000: String(format: "%.0f ns", nanoseconds)
    case ..<1_000_000: String(format: "%.1f µs", nanoseconds / 1e3)
    default: String(format: "%.2f ms", nanoseconds / 1e6)
    }
}

func decimal(_ ratio: Double) -> String { String(format: ratio < 10 ? "%.2f" : ratio < 100 ? "%.1f" : "%.0f", ratio) }

/// What was measured, as a table or as JSON.
enum Report {
    static let heading = """
        | work | who | time | × ours | goal | |
        |---|---|--:|--:|--:|---|
        """

    static func lines(_ row: Row, _ measurements: [Measurement]) -> String {
        measurements.enumerated().map { index, one in
            let verdict = one.isMet.map { $0 ? "met" : "MISSED" } ?? ""
            let rate = row.bytes.map { String(format: ", %.0f MB/s", Double($0) / one.time * 1e3) } ?? ""
            let cells = [
                index == 0 ? row.name : "", one.contender.name, time(one.time) + rate, index == 0 ? "" : decimal(one.ratio),
                one.contender.goal?.text ?? "", verdict,
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    static func json(_ results: [(Row, [Measurement])]) throws -> String {
        let rows = results.map { row, measurements in
            JSONRow(
                row: row.name,
                contenders: measurements.map {
                    JSONRow.Entry(
                        name: $0.contender.name, nanoseconds: $0.time, lowest: $0.times.min() ?? .nan,
                        highest: $0.times.max() ?? .nan, ratio: $0.ratio, goal: $0.contender.goal?.text, met: $0.isMet)
                })
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(rows), as: UTF8.self)
    }
}

private struct JSONRow: Encodable {
    struct Entry: Encodable {
        let name: String
        let nanoseconds, lowest, highest, ratio: Double
        let goal: String?
        let met: Bool?
    }
    let row: String
    let contenders: [Entry]
}
