import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperStore
import TestSupport
import Testing

@testable import KeeperApp
@testable import KeeperCore
@testable import Poker

/// Decisions of the bundled recording, written down as `run` does, and derived again.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ReplayTests {
    private static let configuration = Project.fixtures.appending(path: "poker-72h.yaml")
    private static let cassette = Project.fixtures.appending(path: "poker-72h.cassette.ndjson.gz")
    /// Some twelve hours of it.
    private static let range = CassetteRange(from: nil, to: .block(1100))

    private static func wiring() throws -> Wiring<Poker> {
        try Wiring<Poker>(ConfigLoader(path: configuration.path, readsNodeVariables: false))
    }

    /// Writes down what is decided at each head of the recording.
    /// - Returns: how many decisions there are, and how many of them want a transaction.
    private static func keep(
        _ journal: any DecisionLog, version: String = KeeperVersion.current, heads: Int = .max
    ) async throws -> (decisions: Int, wishes: Int) {
        let wiring = try wiring()
        let recording = try Cassette(path: cassette.path, range: range)
        let provider = Provider(ReplayingTransport(recording))
        let head = try #require(recording.setupHead ?? recording.heads.first)
        let setup = try await wiring.setup(sender: nil, at: head, through: provider)
        try journal.append(
            JournalRecord.start(
                version: version, program: "poker", name: "poker-72h", account: nil, config: wiring.digest, setup: setup, at: head
            )
        )
        let keeper = try Poker.keeper(wiring.configuration, wiring.common, setup)
        let runner = KeeperRunner(
            keeper, provider: provider, executor: DryRunExecutor(), journal: journal, logger: wiring.logger)
        var memory = keeper.initialMemory
        var (decisions, wishes) = (0, 0)
        for head in recording.heads.prefix(heads) {
            let tick = try await runner.tick(at: head, memory: &memory)
            decisions += 1
            if tick.decision.actions.contains(where: { if case .transact = $0 { true } else { false } }) { wishes += 1 }
        }
        return (decisions, wishes)
    }

    private static func replay(_ journal: String, _ more: String..., config: String = configuration.path) throws -> ProgramRun {
        try ProgramRun.poker(["replay", "--config", config, "--journal", journal] + more)
    }

    /// The configuration with one value changed.
    private static func changed(_ old: String, _ new: String) throws -> String {
        let text = try String(contentsOf: configuration, encoding: .utf8)
        let file = try Project.temporaryFolder().appending(path: "poker.yaml")
        try #require(text.contains(old))
        try text.replacingOccurrences(of: old, with: new).write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @Test("a thousand decisions are derived again, byte for byte; one changed threshold changes exactly those that it is in")
    func thousand() async throws {
        let path = try Project.temporaryFolder().appending(path: "decisions.ndjson").path
        let kept = try await Self.keep(try Journal(path: path, keepsEvidence: true))
        #expect(kept.decisions >= 1000 && kept.wishes > 50)
        let same = try Self.replay(path)
        #expect(same.status == 0, "\(same.message)")
        #expect(same.output.contains("identical  \(Table.grouped(kept.decisions))"), "\(same.output)")

        // The margin is in each gas limit that is wished, and in nothing else.
        let margin = try Self.changed("transactions:\n", "transactions:\n  gasLimitMargin: 9%\n")
        let other = try Self.replay(path, config: margin)
        #expect(other.status == 65 && other.message.contains("none of the journal's"), "\(other.message)")
        let diff = try Self.replay(path, "--diff", "--json", "--limit", "100000", config: margin)
        #expect(diff.status == 65 && diff.message.contains("\(kept.wishes) of \(kept.decisions)"), "\(diff.message)")
        let json = try JSONScanner.parse(Array(diff.output.utf8))
        let differing = try #require(json["differences"]?.array)
        #expect(differing.count == kept.wishes && json["identical"] == .integer(kept.decisions - kept.wishes))
        #expect(
            differing.allSatisfy { difference in
                func limit(_ side: String) -> UInt64? {
                    difference[side]?["decision"]?["actions"]?.array?.first?["transact"]?["gasLimit"]?.uint64
                        ?? difference[side]?["actions"]?.array?.compactMap { $0["transact"]?["gasLimit"]?.uint64 }.first
                }
                return (limit("becomes") ?? 0) > (limit("was") ?? .max)
            })

        // The same configuration, said otherwise, decides the same.
        let told = try Self.changed("transactions:\n", "transactions:\n  gasLimitMargin: 8%\n")
        let none = try Self.replay(path, "--diff", config: told)
        #expect(none.status == 0 && none.output.contains("identical  \(Table.grouped(kept.decisions))"), "\(none.message)")

        // Other oracles were not read: the facts cannot tell.
        let fewer = try Self.changed(", LSEV2-SKY-A]", "]")
        let unreadable = try Self.replay(path, "--diff", config: fewer)
        #expect(unreadable.status == 78 && unreadable.message.contains("poker.ilks"), "\(unreadable.message)")
    }

    @Test("decisions in a store are derived again; those of another version only with --diff")
    func store() async throws {
        let folder = try Project.temporaryFolder()
        let account = StoreAccount(chainID: 1337, address: .zero)
        func make(_ name: String, version: String) async throws -> String {
            let path = folder.appending(path: name).path
            _ = try await Self.keep(StoreJournal(try SQLiteStore(path: path), of: account), version: version, heads: 60)
            return path
        }
        let own = try await make("own.sqlite", version: KeeperVersion.current)
        let run = try Self.replay(own)
        #expect(run.status == 0 && run.output.contains("identical  60"), "\(run.output) \(run.message)")
        let older = try await make("older.sqlite", version: "0.0.1")
        #expect(try Self.replay(older).status == 65)
        let diff = try Self.replay(older, "--diff")
        #expect(diff.status == 0 && diff.output.contains("identical  60"), "\(diff.output) \(diff.message)")
    }

    @Test("a decision that does not follow from its facts is found, and the line named")
    func forged() async throws {
        let folder = try Project.temporaryFolder()
        let path = folder.appending(path: "decisions.ndjson").path
        _ = try await Self.keep(try Journal(path: path, keepsEvidence: true), heads: 20)
        // Whoever writes the whole log anew can make the chain fit; not what is decided.
        let forged = folder.appending(path: "forged.ndjson").path
        let journal = try Journal(path: forged)
        var number = 0
        try JournalFile(path: path).each { line in
            number += 1
            let members = (line.json.members ?? []).filter { $0.name != "prev" }.map { member -> JSON.Member in
                guard number == 12, member.name == "decision" else { return member }
                return JSON.Member("decision", .object(["actions": .array([]), "notes": .array([])]))
            }
            try journal.append(.object(members))
        }
        #expect(try Self.replay(folder.appending(path: "none").path).status == 65)
        let cut = folder.appending(path: "cut.ndjson")
        try Data(try Data(contentsOf: URL(filePath: path)).dropLast(9)).write(to: cut)
        let shorter = try Self.replay(cut.path)
        #expect(shorter.status == 0 && shorter.errors.contains("the journal ends within a line"), "\(shorter.errors)")
        let run = try Self.replay(forged)
        #expect(run.status == 65 && run.message.contains("1 of 20 decisions") && run.output.contains("line 12 "), "\(run.output)")
    }

    @Test("facts with heights and times that cannot be end with 65, naming the line", arguments: ["number", "timestamp"])
    func absurd(member: String) async throws {
        let folder = try Project.temporaryFolder()
        let path = folder.appending(path: "decisions.ndjson").path
        _ = try await Self.keep(try Journal(path: path, keepsEvidence: true), heads: 3)
        func change(_ json: JSON, _ path: ArraySlice<String>, _ value: JSON) -> JSON {
            guard let first = path.first else { return value }
            return .object(
                (json.members ?? []).map { $0.name == first ? JSON.Member(first, change($0.value, path.dropFirst(), value)) : $0 }
            )
        }
        let values: [UInt64] = [.max, .max - 12, 1 << 53]
        for value in values {
            let forged = folder.appending(path: "forged-\(value).ndjson").path
            let journal = try Journal(path: forged)
            try JournalFile(path: path).each { line in
                let json = JSON.object((line.json.members ?? []).filter { $0.name != "prev" })
                try journal.append(change(json, ["snapshot", "head", member], .integer(value)))
            }
            #expect(try Self.replay(folder.appending(path: "none").path).status == 65)
            let cut = folder.appending(path: "cut.ndjson")
            try Data(try Data(contentsOf: URL(filePath: path)).dropLast(9)).write(to: cut)
            let shorter = try Self.replay(cut.path)
            #expect(shorter.status == 0 && shorter.errors.contains("the journal ends within a line"), "\(shorter.errors)")
            let run = try Self.replay(forged)
            #expect(run.status == 65 && run.message.contains("line 2 of the journal: its snapshot"), "\(value): \(run.message)")
        }
    }

    @Test("where only the fees differ, it is told what does")
    func fees() async throws {
        let path = try Project.temporaryFolder().appending(path: "decisions.ndjson").path
        let kept = try await Self.keep(try Journal(path: path, keepsEvidence: true), heads: 60)
        let tip = try Self.changed("transactions:\n", "transactions:\n  minPriorityFeePerGas: 7 gwei\n")
        let run = try Self.replay(path, "--diff", config: tip)
        #expect(kept.wishes > 0 && run.status == 65, "\(run.message)")
        #expect(run.output.contains("fees.maxPriorityFeePerGas: ") && run.output.contains(", then 7000000000"), "\(run.output)")
    }
}
