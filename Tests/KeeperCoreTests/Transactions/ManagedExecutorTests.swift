import Synchronization
import EthPrimitives
import EthRPC
import KeeperTransactions
import Logging
import Testing

@testable import KeeperCore

@Suite("Managed executor")
struct ManagedExecutorTests {
    /// Wishes the same at every head, until a block.
    private struct Wisher: Keeper {
        let until: UInt64

        func observe(_ head: BlockHeader, through provider: Provider) async throws -> UInt64 { head.number }
        func decide(_ snapshot: UInt64, _ memory: inout NoMemory) -> Decision {
            Decision(actions: snapshot < until ? [.transact(ManagerFixture.wish())] : [])
        }
        func nextWake(after head: BlockHeader) -> UInt64 { 0 }
    }

    @Test("a runner hands over all wishes of a head together, and logs what came of them")
    func runs() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            let journal = Journal()
            let runner = KeeperRunner(
                Wisher(until: 102), provider: Provider(fixture.node), executor: executor, journal: journal,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            var memory = NoMemory()
            #expect(executor.begins(ManagerFixture.wish()) && !executor.needsEveryHead)
            let first = try await runner.tick(at: fixture.head(100), memory: &memory).outcomes
            let (id, hash) = (ManagerFixture.wish().id, try #require(fixture.hashes.first))
            #expect(first == [.noted, .broadcast(intent: id, nonce: 5, hash: hash, refusal: nil)])
            #expect(executor.needsEveryHead && !executor.begins(ManagerFixture.wish()))

            fixture.mine(hash, in: fixture.head(101))
            let second = try await runner.tick(at: fixture.head(101), memory: &memory).outcomes
            #expect(second == [.pending(intent: id, hash: hash), .pending(intent: id, hash: hash)])

            // Nothing is wished any more, and that is told too.
            _ = try await runner.tick(at: fixture.head(102), memory: &memory)
            fixture.state.withLock { $0.final = 103 }
            let last = try await runner.tick(at: fixture.head(110), memory: &memory).outcomes
            guard case .minedWithEffect(id, let mined)? = last.first else {
                Issue.record("expected the outcome, got \(last)")
                return
            }
            #expect(mined.hash == hash && mined.gasLimit == 200_000 && mined.actual == .gwei(200_000) && mined.succeeded)
            #expect(!executor.needsEveryHead && !executor.begins(ManagerFixture.wish()))
            #expect(await executor.execute(.transact(ManagerFixture.wish()), at: fixture.head(111)) == .alreadyDone(intent: id))
        }
    }

    @Test("without a view of the head its wishes are not told, but refused for that reason")
    func noView() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager([])
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            #expect(await executor.settle(at: fixture.head(100)).isEmpty)
            _ = await executor.execute(.transact(ManagerFixture.wish()), at: fixture.head(100))
            let outcomes = await executor.finish(at: fixture.head(100))
            guard outcomes.count == 1, case .refused(ManagerFixture.wish().id, let reason)? = outcomes.first else {
                Issue.record("expected a refusal, got \(outcomes)")
                return
            }
            #expect(reason.contains("there is no node to ask"))
            #expect(manager.status.state.wanted.isEmpty)
        }
    }
}
