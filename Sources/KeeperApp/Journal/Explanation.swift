import EthCodec
import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What a keeper did in a period and why, from its journal: decisions that say the same are one entry.
struct Explanation {
    /// Something that was decided or that happened.
    struct Entry: Hashable, Sendable {
        var kind: String
        /// Unix seconds and height of the first and the last head at which it was so; `nil` where no head is named.
        var first: Moment?
        var last: Moment?
        var count = 1
        /// In words, the most important first.
        var lines: [String]
        var intent: IntentID?
        fileprivate var gist: DecisionGist?
        fileprivate var isFinal = false
    }

    struct Moment: Hashable, Sendable {
        var time: UInt64
        var block: UInt64
    }

    private(set) var entries: [Entry] = []
    private(set) var decisions = 0
    private(set) var sent: Set<String> = []

    mutating func take(_ line: JournalLine) {
        let json = line.json
        let moment = Self.moment(json)
        switch json["kind"]?.string ?? "" {
        case "decision":
            guard let decision = JournalRecord.value(Decision.self, from: json["decision"]) else {
                return unreadable(line, moment)
            }
            take(decision, moment)
        case "outcome":
            guard let outcome = JournalRecord.value(Outcome.self, from: json["outcome"]) else { return unreadable(line, moment) }
            take(outcome, moment)
        case "final":
            guard let id = JournalRecord.value(IntentID.self, from: json["intent"]),
                let outcome = JournalRecord.value(IntentOutcome.self, from: json["outcome"])
            else { return unreadable(line, moment) }
            entries.append(
                Entry(
                    kind: "final", first: moment, last: moment, lines: ["final: \(id): \(outcome.text)"], intent: id,
                    isFinal: true))
        case "quorum":
            let verdict = JournalRecord.value(QuorumVerdict.self, from: json["quorum"])
            let text = verdict.map { $0.refusal.map { "not sent: \($0)" } ?? "nodes agree: \($0.agreed.joined(separator: ", "))" }
            add("quorum", moment, text ?? "other nodes were asked")
        case "alert": add("alert", moment, json["alert"]?.string ?? "")
        case "order": add("order", moment, "\(json["order"]?.string ?? ""): \(json["answer"]?.string ?? "")")
        case "start": add("start", moment, "a process began: version \(json["version"]?.string ?? "unknown")")
        case let kind: add(kind, moment, "line \(line.number)")
        }
    }

    /// Entries in their order; an outcome that is told twice, once.
    var told: [Entry] {
        entries.filter { entry in
            guard entry.kind == "final", let id = entry.intent else { return true }
            return !entries.contains { $0.kind == "outcome" && $0.isFinal && $0.intent == id }
        }
    }

    private mutating func take(_ decision: Decision, _ moment: Moment?) {
        decisions += 1
        let gist = DecisionGist(decision)
        if let index = entries.lastIndex(where: { $0.kind == "decision" || $0.kind == "outcome" }), entries[index].gist == gist {
            entries[index].count += 1
            entries[index].last = moment
            return
        }
        var lines = decision.notes.map(\.text)
        let wishes = decision.actions.compactMap { if case .transact(let intent) = $0 { intent } else { nil } }
        lines += wishes.map { "wants \($0.id) by \(UTC.clock($0.deadline))" }
        for case .alert(let alert) in decision.actions { lines.append("alert \(alert.severity.rawValue): \(alert.text)") }
        entries.append(
            Entry(
                kind: "decision", first: moment, last: moment, lines: lines.isEmpty ? ["nothing to be done"] : lines,
                intent: wishes.first?.id, gist: gist))
    }

    private mutating func take(_ outcome: Outcome, _ moment: Moment?) {
        let text = OutcomeText.of(outcome)
        if case .broadcast(_, _, let hash) = outcome { sent.insert(hash.description) }
        // What goes on unchanged from head to head is said once.
        if let index = entries.lastIndex(where: { $0.kind == "outcome" && $0.intent == outcome.intent }),
            entries[index].lines == [text]
        {
            entries[index].count += 1
            entries[index].last = moment
            return
        }
        entries.append(
            Entry(
                kind: "outcome", first: moment, last: moment, lines: [text], intent: outcome.intent, isFinal: outcome.isFinal))
    }

    private mutating func add(_ kind: String, _ moment: Moment?, _ text: String) {
        entries.append(Entry(kind: kind, first: moment, last: moment, lines: [text]))
    }

    private mutating func unreadable(_ line: JournalLine, _ moment: Moment?) {
        add(line.json["kind"]?.string ?? "", moment, "line \(line.number) is of another form than this version reads")
    }

    static func moment(_ json: JSON) -> Moment? {
        guard let time = json["time"]?.uint64 else { return nil }
        return Moment(time: time, block: json["block"]?.uint64 ?? 0)
    }
}

extension Outcome {
    /// Whether nothing can undo it.
    var isFinal: Bool {
        switch self {
        case .minedWithEffect, .minedWithoutEffect, .expired, .cancelled, .satisfiedByOther: true
        case .noted, .wouldSend, .broadcast, .cancelling, .pending, .mined, .reorganised, .alreadyDone, .refused: false
        }
    }
}
