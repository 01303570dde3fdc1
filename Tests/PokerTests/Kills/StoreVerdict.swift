import EthCodec
import EthPrimitives
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions

/// What a store holds at the end of its life, and what is wrong with it.
struct StoreVerdict {
    var lines = 0
    var records = 0
    /// Tries with an outcome.
    var outcomes: [IntentKey: IntentOutcome] = [:]
    /// Tries without one.
    var open = 0
    /// Of forms of ours that were mined.
    var mined: Set<TransactionHash> = []
    /// What was decided.
    var decided: Set<IntentID> = []
    var findings: [String] = []

    /// - Parameter isOver: whether the keeper ended in peace: then nothing may be left open.
    init(_ path: String, _ account: StoreAccount, isOver: Bool) throws {
        let file = try StoreFile(path: path)
        let report = try file.report()
        findings = report.findings
        var chain = JournalChain()
        var journal: [JSON] = []
        var broken: Int?
        try file.export(.journal) { line in
            if !chain.follow(line), broken == nil { broken = journal.count + 1 }
            do { journal.append(try JSONScanner.parse(line)) } catch { broken = broken ?? journal.count + 1 }
        }
        lines = journal.count
        if let broken { findings.append("line \(broken) of the journal does not follow the one before") }
        if UInt64(lines) != report.journalLines { findings.append("\(report.journalLines) lines are stated, \(lines) there") }
        if lines > 0, report.journalDigest != chain.digest { findings.append("the journal's digest is not that of its lines") }
        let records = try SQLiteStore(path: path).records(of: account)
        self.records = records.count
        take(records)
        compare(with: journal)
        decided = Set(
            journal.compactMap { JournalRecord.value(Decision.self, from: $0["decision"]) }.flatMap(\.actions).compactMap {
                if case .transact(let intent) = $0 { intent.id } else { nil }
            })
        let state = try MachineState(replaying: records)
        open = state.bindings.count + state.wanted.count
        if isOver, open > 0 {
            findings.append("left open: \(state.wanted.map(\.key)) \(state.bindings.map { ($0.nonce, $0.key) })")
        }
    }

    private mutating func take(_ records: [Record]) {
        var wanted: Set<IntentKey> = []
        for record in records {
            switch record {
            case .wanted(let entry):
                if !wanted.insert(entry.key).inserted { findings.append("\(entry.key) was wanted twice") }
            case .settled(let settlement):
                if outcomes.updateValue(settlement.outcome, forKey: settlement.key) != nil {
                    findings.append("\(settlement.key) has two outcomes")
                }
                if !wanted.contains(settlement.key) { findings.append("\(settlement.key) was never wanted") }
                switch settlement.outcome {
                case .minedWithEffect(let facts): mined.insert(facts.hash)
                case .minedWithoutEffect(let facts, let why):
                    findings.append("\(settlement.key) was mined without effect: \(facts.hash), \(why)")
                case .expired, .cancelled, .satisfiedByOther: break
                }
            case .displaced(let nonce, let hash): findings.append("nonce \(nonce) was taken by \(hash)")
            case .adopted, .signed, .released, .filled, .recalled, .paused: break
            }
        }
        let effective = outcomes.filter { if case .minedWithEffect = $0.value { true } else { false } }
        for (id, tries) in Dictionary(grouping: effective.keys, by: \.id) where tries.count > 1 {
            findings.append("\(id) was done \(tries.count) times")
        }
    }

    /// The journal's own lines of outcomes: one for each.
    private mutating func compare(with journal: [JSON]) {
        var finals: [IntentKey: Int] = [:]
        for line in journal where line["kind"]?.string == "final" {
            guard let id = JournalRecord.value(IntentID.self, from: line["intent"]), let attempt = line["attempt"]?.uint64 else {
                findings.append("an outcome of no intent: \(line.sortedText)")
                continue
            }
            finals[IntentKey(id: id, attempt: Int(attempt)), default: 0] += 1
        }
        for (key, count) in finals where count != 1 { findings.append("\(key) has \(count) final lines") }
        if Set(finals.keys) != Set(outcomes.keys) { findings.append("the journal's outcomes are not those of the records") }
    }
}
