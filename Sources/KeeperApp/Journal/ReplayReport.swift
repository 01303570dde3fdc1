import EthCodec
import EthPrimitives
import KeeperCore

/// What a replay found, for people and for machines.
struct ReplayReport {
    private let lines: UInt64
    private let digest: B256
    private let identical: UInt64
    private let others: UInt64
    private let bare: UInt64
    private let derived: UInt64
    private let times: (first: UInt64, last: UInt64)?
    private let elapsed: Duration
    private let count: Int
    private let shown: [Difference]

    private struct Difference {
        var line: UInt64
        var block: UInt64
        var time: UInt64
        var was: Decision
        var becomes: Decision
    }

    init<P: KeeperProgram>(_ replay: JournalReplay<P>, _ end: JournalEnd, elapsed: Duration, limit: Int) {
        (lines, digest, self.elapsed) = (end.lines, end.digest, elapsed)
        (identical, others, bare, derived) = (replay.identical, replay.others, replay.bare, replay.derived)
        (times, count) = (replay.times, replay.differences.count)
        shown = replay.differences.prefix(limit).map {
            Difference(line: $0.line, block: $0.block, time: $0.time, was: $0.was, becomes: $0.becomes)
        }
    }

    /// Why nothing was derived.
    var nothing: String {
        if others > 0 {
            return
                "none of the journal's \(others) decisions was made by this version with this configuration: --diff compares them"
        }
        if bare > 0 { return "none of the journal's \(bare) decisions is kept with the facts that it follows from" }
        return "the journal holds no decision"
    }

    var text: String {
        var rows = [("journal", "\(Table.grouped(lines)) lines, digest \(digest)")]
        if let times { rows.append(("from", "\(UTC.instant(times.first)) to \(UTC.instant(times.last))")) }
        rows.append(("derived", "\(Table.grouped(derived)) decisions in \(seconds) s"))
        rows.append(("identical", Table.grouped(identical)))
        if count > 0 { rows.append(("different", Table.grouped(count))) }
        if others > 0 { rows.append(("not compared", "\(Table.grouped(others)) of other versions or configurations")) }
        if bare > 0 { rows.append(("not compared", "\(Table.grouped(bare)) without their facts")) }
        let width = rows.map(\.0.count).max() ?? 0
        var out = rows.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.count) + $0.1 }
        for difference in shown {
            out.append("")
            out.append("line \(difference.line)  block \(difference.block)  \(UTC.instant(difference.time))")
            out.append("  was      " + Self.words(difference.was))
            out.append("  becomes  " + Self.words(difference.becomes))
            out += Self.fields(difference)
        }
        if count > shown.count { out.append("… \(count - shown.count) more") }
        return out.joined(separator: "\n")
    }

    var json: JSON {
        .object([
            "lines": .integer(lines), "digest": .string(digest.description), "derived": .integer(derived),
            "identical": .integer(identical), "different": .integer(count), "others": .integer(others), "bare": .integer(bare),
            "differences": .array(
                shown.map { difference in
                    .object([
                        "line": .integer(difference.line), "block": .integer(difference.block), "time": .integer(difference.time),
                        // Decisions always encode.
                        "was": try? JournalRecord.json(difference.was),  // see above
                        "becomes": try? JournalRecord.json(difference.becomes),  // see above
                    ])
                }),
        ])
    }

    /// Where it differs, if that does not show in a few words: such as in the fees.
    private static func fields(_ difference: Difference) -> [String] {
        guard words(difference.was) == words(difference.becomes) else { return [] }
        // Decisions always encode.
        guard let was = try? JournalRecord.json(difference.was), let becomes = try? JournalRecord.json(difference.becomes) else {
            return []  // see above
        }
        return FieldDifference.between(was, becomes, limit: 3).map { "  in       \($0.path): \($0.ours), then \($0.theirs)" }
    }

    /// What is wanted, and the first reason.
    private static func words(_ decision: Decision) -> String {
        "wants \(decision.deed)" + (decision.notes.first.map { ": \($0.text)" } ?? "")
    }

    private var seconds: String {
        let (whole, parts) = elapsed.components
        return "\(whole).\(parts / 100_000_000_000_000_000)"
    }
}
