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
        case .time(let time): return epoch(time)
        case .intent(let id): return epoch(id.epoch)
        case .clock(let clock):
            guard let newest = try newest() else { return nil }
            let today = newest - newest % 86_400 + clock
            // Of the day before, if that time of the day has not come yet.
            return epoch(today <= newest ? today : today - min(today, 86_400))
        case .block(let number): return try time { $0["block"]?.uint64 == number }.map(epoch)
        case .transaction(let hash):
            var found: UInt64?
            try file.each { line in
                guard found == nil, Self.mentions(hash.description, line.json["outcome"]) else { return }
                found = Self.intent(of: line)?.epoch
            }
            return found.map(epoch)
        }
    }

    /// Whether a line outside the period tells of an intent of it, such as of its end.
    func isAbout(_ period: Range<UInt64>, _ line: JournalLine) -> Bool {
        guard let id = Self.intent(of: line) else { return false }
        return period.contains(id.epoch)
    }

    private func newest() throws -> UInt64? {
        var newest: UInt64?
        try file.each { line in if let time = line.json["time"]?.uint64 { newest = time } }
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

    private static func mentions(_ text: String, _ json: JSON?) -> Bool {
        switch json {
        case .string(let value)?: value == text
        case .array(let elements)?: elements.contains { mentions(text, $0) }
        case .object(let members)?: members.contains { mentions(text, $0.value) }
        case .null?, .bool?, .number?, nil: false
        }
    }
}
