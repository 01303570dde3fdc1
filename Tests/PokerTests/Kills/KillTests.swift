import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import KeeperTransactions
import Testing

/// Real processes, killed with SIGKILL at random moments. `make kills KILLS=200 SEED=1` runs more of them than `make test` does.
@Suite("Kills")
struct KillTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kills = environment["KEEPERKIT_KILLS"].flatMap { Int($0) } ?? 8
    private static let seed = environment["KEEPERKIT_KILL_SEED"].flatMap { UInt64($0) } ?? 1
    /// The poker that was built with the tests, or another.
    private static let program = environment["KEEPERKIT_POKER"].map { URL(filePath: $0) } ?? Project.poker

    @Test("With its store, a poker that is killed again and again pokes every slot exactly once")
    func kept() async throws {
        let run = try await Self.run(losesStores: false)
        let verdict = try StoreVerdict(run.home.store.path, run.home.account, isOver: true)
        var chain = try await ChainVerdict(run.chain, from: run.first, to: run.head.number)
        let missed = chain.judge(run)
        try Self.report(run, chain, verdict, missed)
        #expect(missed.isEmpty)
        #expect(chain.findings.isEmpty && verdict.findings.isEmpty)
        #expect(chain.pokes.count == run.slots.count - run.forestalled.count)
        #expect(verdict.mined == Set(chain.pokes.map(\.hash)), "what is mined is what was written down, and nothing else")
        #expect(verdict.decided.subtracting(verdict.outcomes.keys.map(\.id)).isEmpty, "all that was decided has an outcome")
    }

    @Test("Where stores are lost too, no slot is poked twice, and the next process goes on")
    func lost() async throws {
        let run = try await Self.run(losesStores: true)
        let verdict = try StoreVerdict(run.home.store.path, run.home.account, isOver: true)
        var chain = try await ChainVerdict(run.chain, from: run.first, to: run.head.number)
        let missed = chain.judge(run)
        try Self.report(run, chain, verdict, missed)
        #expect(chain.findings.isEmpty && verdict.findings.isEmpty && run.buried.isEmpty)
        #expect(missed.count <= run.leaps, "only where nobody ran is a slot missed")
        #expect(verdict.mined.isSubset(of: chain.pokes.map(\.hash)))
    }

    private static func run(losesStores: Bool) async throws -> KillRun {
        let run = try await KillRun(.init(kills: kills, seed: seed, losesStores: losesStores), program: program)
        try await run.run()
        return run
    }

    private static func report(_ run: KillRun, _ chain: ChainVerdict, _ store: StoreVerdict, _ missed: [UInt64]) throws {
        var tally = run.tally
        tally.pokes = chain.pokes.count
        tally.cancels = chain.cancels
        tally.late = chain.pokes.count { $0.age > 300 }
        tally.missed = missed.count
        tally.byOthers = run.forestalled.count
        tally.lines += store.lines
        tally.records += store.records
        tally.intents += store.outcomes.count
        print(tally.text)
        let findings = chain.findings + store.findings + run.buried
        for finding in findings { print("  \(finding)") }
        // What led to a finding is worth a look.
        if findings.isEmpty { try run.home.remove() } else { print("  see \(run.home.config.path)") }
    }
}
