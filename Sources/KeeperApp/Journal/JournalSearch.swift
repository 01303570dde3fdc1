import EthCodec
import EthPrimitives
import KeeperCore
import KeeperStore
import KeeperTransactions

/// Finds the period that a journal is asked about.
struct JournalSearch {
    private let file: JournalFile
    private let epoch: (UInt64) -> Range<UInt64>

    /// - Parameter epoch: the period that a time belongs to.
    init(_ file: JournalFile, epoch: @escaping (UInt64) -> Range<UInt64>) {
        self.file = file
        self.epoch = epoch
    }

    /// - Returns: `nil` if nothing in the journal is about it.
    /// - Throws: `StoreError`.
    func period(of thing: ExplainedThing) throws -> Range<UInt64>? {
        switch thing {
        case .time(let time): return period(at: time)
        case .intent(let id):
            var isKnown = false
            try file.each { line in isKnown = isKnown || Self.intent(of: line) == id || Self.wants(id, line) }
            return isKnown ? period(at: id.epoch) : nil
        case .clock(let clock):
            guard let newest = try newest() else { return nil }
            let today = newest - newest % 86_400 + clock
            // Of the day before, if that time of the day has not come yet.
            return period(at: today <= newest ? today : today - min(today, 86_400))
        case .block(let number): return try time { $0["block"]?.uint64 == number }.flatMap(period)
        case .transaction(let hash):
            var found: UInt64?
            try file.each { line in
                guard found == nil, Self.mentions(hash.description, line.json["outcome"]) else { return }
                found = Self.intent(of: line)?.epoch
            }
            return found.flatMap(period)
        }
    }

    /// Times at which no block of any node is stamped are in no period: whoever asks, or a line, may claim any.
    private static let end: UInt64 = 1 << 40

    private func period(at time: UInt64) -> Range<UInt64>? { time < Self.end ? epoch(time) : nil }

    /// Whether a line outside the period tells of an intent of it, such as of its end.
    func isAbout(_ period: Range<UInt64>, _ line: JournalLine) -> Bool {
        guard let id = Self.intent(of: line) else { return false }
        return period.contains(id.epoch)
    }

    private func newest() throws -> UInt64? {
        var newest: UInt64?
        try file.each { line in if let time = line.json["time"]?.uint64, time < Self.end { newest = time } }
        return newest
    }

    private func time(_ fits: (JSON) -> Bool) throws -> UInt64? {
        var found: UInt64?
        try file.each { line in if found == nil, fits(line.json) { found = line.json["time"]?.uint64 } }
        return found
    }

    private static func intent(of line: JournalLine) -> IntentID? {
        switch line.json["kind"]?.string {
        case "outcome": JournalRecord.value(Outcome.self, from: line.json["outcome"])?.intent
        case "final": JournalRecord.value(IntentID.self, from: line.json["intent"])
        default: nil
        }
    }

    private static func wants(_ id: IntentID, _ line: JournalLine) -> Bool {
        (line.json["decision"]?["actions"]?.array ?? []).contains { action in
            guard let wish = action["transact"]?["id"] else { return false }
            return wish["keeper"]?.string == id.keeper && wish["epoch"]?.uint64 == id.epoch && wish["target"]?.string == id.target
        }
    }

    private static func mentions(_ text: String, _ json: JSON?) -> Bool {
        switch json {
        case .string(let value)?: value == text
        case .array(let elements)?: elements.contains { mentions(text, $0) }
        case .object(let members)?: members.contains { mentions(text, $0.value) }
        case .null?, .bool?, .number?, nil: false
        }
    }
}
