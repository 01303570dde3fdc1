import EthCodec
import KeeperCore
import KeeperTransactions

/// An explanation for people and for machines.
struct ExplanationReport {
    /// What it is about, such as a slot.
    var title: String
    var period: Range<UInt64>
    var explanation: Explanation

    var text: String {
        let entries = explanation.told
        var out = [
            "\(title) · \(UTC.instant(period.lowerBound)) to \(UTC.clock(period.upperBound)) · "
                + "\(explanation.decisions) decisions · \(explanation.sent.count) sent"
        ]
        if entries.isEmpty { out.append("The journal says nothing of it: no process ran, or no head came.") }
        for entry in entries {
            for (index, line) in entry.lines.enumerated() { out.append((index == 0 ? Self.place(entry) : Self.indent) + line) }
        }
        return out.joined(separator: "\n")
    }

    /// Time, height, and for how long it was so.
    private static func place(_ entry: Explanation.Entry) -> String {
        guard let first = entry.first else { return indent }
        var text = "\(UTC.clock(first.time))  \(first.block)"
        if entry.count > 1, let last = entry.last { text += " to \(UTC.clock(last.time))  \(last.block)" }
        return text.padded(to: indent.count - 2) + "  "
    }

    private static let indent = String(repeating: " ", count: 45)

    var json: JSON {
        .object([
            "about": .string(title), "from": .integer(period.lowerBound), "to": .integer(period.upperBound),
            "decisions": .integer(explanation.decisions), "sent": .array(explanation.sent.sorted().map { .string($0) }),
            "entries": .array(
                explanation.told.map { entry in
                    .object([
                        "kind": .string(entry.kind), "count": .integer(entry.count),
                        "from": entry.first.map { .integer($0.time) }, "to": entry.last.map { .integer($0.time) },
                        "firstBlock": entry.first.map { .integer($0.block) }, "lastBlock": entry.last.map { .integer($0.block) },
                        "intent": entry.intent.map { .string($0.description) },
                        "text": .array(entry.lines.map { .string($0) }),
                    ])
                }),
        ])
    }
}

extension String {
    /// With spaces up to a width.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
