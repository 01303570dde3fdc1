import EthCodec
import EthPrimitives
import FoundationEssentials
import KeeperCore

/// Derives decisions again from what a journal keeps of them: facts, memory, and what the keeper looked up before its first head.
struct JournalReplay<P: KeeperProgram> {
    let wiring: Wiring<P>
    /// Whether decisions of other versions and configurations are derived too.
    let comparesAll: Bool

    /// A decision that is not derived as it was made.
    struct Difference: Sendable, Hashable {
        var line: UInt64
        var block: UInt64
        var time: UInt64
        var was: Decision
        var becomes: Decision
    }

    private(set) var differences: [Difference] = []
    private(set) var identical: UInt64 = 0
    /// Decisions that another version or configuration made.
    private(set) var others: UInt64 = 0
    /// Decisions without the facts that they follow from.
    private(set) var bare: UInt64 = 0
    /// Unix seconds of the first and the last decision that was derived.
    private(set) var times: (first: UInt64, last: UInt64)?
    private var keeper: P.K?
    private var isOther = true

    init(_ wiring: Wiring<P>, comparesAll: Bool) {
        self.wiring = wiring
        self.comparesAll = comparesAll
    }

    /// Decisions that were derived again.
    var derived: UInt64 { identical + UInt64(differences.count) }

    /// Takes the next line.
    /// - Throws: `JournalProblem`, or `ConfigError` where the configuration reads other facts than were recorded.
    mutating func take(_ line: JournalLine) throws {
        if let start = try JournalStart(line) { return try begin(start, line) }
        guard line.json["kind"] == "decision" else { return }
        guard let snapshot = line.json["snapshot"] else {
            bare += 1
            return
        }
        guard !isOther, let keeper else {
            others += 1
            return
        }
        let facts: P.K.Snapshot = try Self.value(snapshot, "snapshot", line)
        var memory = try line.json["memory"].map { try Self.value($0, "memory", line) as P.K.Memory } ?? keeper.initialMemory
        let decision = keeper.decide(facts, &memory)
        guard let was = line.json["decision"], let time = line.json["time"]?.uint64, let block = line.json["block"]?.uint64 else {
            throw JournalProblem(line, "expected a decision with its block and time")
        }
        times = (times?.first ?? time, time)
        // Written with sorted keys, as this is.
        if try JournalRecord.json(decision).sortedText == was.sortedText {
            identical += 1
        } else {
            let before: Decision = try Self.value(was, "decision", line)
            differences.append(Difference(line: line.number, block: block, time: time, was: before, becomes: decision))
        }
    }

    private mutating func begin(_ start: JournalStart, _ line: JournalLine) throws {
        guard start.program == P.name else {
            throw JournalProblem(line, "it is the journal of a \(start.program), not of a \(P.name)")
        }
        isOther = !comparesAll && (start.version != KeeperVersion.current || start.config != wiring.digest.description)
        guard !isOther else { return }
        keeper = try P.keeper(wiring.configuration, wiring.common, Self.value(start.setup, "setup", line))
    }

    private static func value<T: Decodable>(_ json: JSON, _ name: String, _ line: JournalLine) throws -> T {
        do { return try JSONDecoder().decode(T.self, from: Data(JSONWriter.bytes(of: json))) } catch {
            throw JournalProblem(line, "its \(name) is of another form than this version (\(KeeperVersion.current)) reads")
        }
    }
}
