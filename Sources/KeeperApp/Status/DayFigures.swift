import EthCodec
import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What a journal tells of the newest hours of a keeper's work.
struct DayFigures: Sendable {
    /// A transaction of ours that is final.
    struct Done: Sendable {
        var intent: IntentID
        var mined: Outcome.Mined
        var missing: [String]
    }

    private(set) var done: [Done] = []
    /// Unix seconds of the newest line.
    private(set) var newest: UInt64 = 0
    /// When the transaction of a period was first seen in a block, by the period's start, unix seconds.
    private(set) var minedAt: [UInt64: UInt64] = [:]
    /// Seconds from when each intent was due to its block, ascending.
    private(set) var lateness: [UInt64] = []
    /// Periods that others served before us.
    private(set) var servedByOthers: Set<UInt64> = []

    /// - Parameters:
    ///   - lines: of the journal, in their order.
    ///   - start: unix seconds of the first block that counts.
    init(_ lines: [JSON], since start: UInt64) {
        var seenAt: [IntentID: UInt64] = [:]
        for line in lines {
            guard let time = line["time"]?.uint64, time >= start else { continue }
            newest = max(newest, time)
            guard line["kind"] == "outcome",
                let outcome = JournalRecord.value(Outcome.self, from: line["outcome"])
            else { continue }
            switch outcome {
            case .mined(let id, _, _): seenAt[id] = seenAt[id] ?? time
            case .minedWithEffect(let id, let mined): done.append(Done(intent: id, mined: mined, missing: []))
            case .minedWithoutEffect(let id, let mined, let missing):
                done.append(Done(intent: id, mined: mined, missing: missing))
            case .satisfiedByOther(let id): servedByOthers.insert(id.epoch)
            default: break
            }
        }
        let reached = Set(done.filter { $0.missing.isEmpty }.map(\.intent))
        lateness = seenAt.filter { reached.contains($0.key) }.map { $0.value - min($0.key.epoch, $0.value) }.sorted()
        minedAt = Dictionary(seenAt.map { ($0.key.epoch, $0.value) }) { min($0, $1) }
    }

    var withEffect: Int { done.count { $0.missing.isEmpty } }
    /// Mined with status 0.
    var failed: Int { done.count { !$0.mined.succeeded } }
    /// Mined with status 1, and something was not reached.
    var starved: Int { done.count { $0.mined.succeeded && !$0.missing.isEmpty } }

    /// The middle one.
    var latenessP50: UInt64? { lateness.isEmpty ? nil : lateness[(lateness.count - 1) / 2] }

    /// - Parameter deadline: seconds after which work counts as late.
    func onTime(_ deadline: UInt64) -> Int { lateness.count { $0 <= deadline } }
}
