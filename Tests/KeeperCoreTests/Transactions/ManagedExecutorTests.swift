import Synchronization
import EthPrimitives
import EthRPC
import KeeperTesting
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
            #expect(first == [.noted, .broadcast(intent: id, nonce: 5, hash: hash)])
            #expect(executor.needsEveryHead && !executor.begins(ManagerFixture.wish()))

            fixture.mine(hash, in: fixture.head(101))
            let second = try await runner.tick(at: fixture.head(101), memory: &memory).outcomes
            #expect(second == [.mined(intent: id, hash: hash, block: 101), .pending(intent: id, hash: hash)])

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

    @Test("actions that are no transactions are noted, and told to nobody")
    func noted() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            _ = await executor.settle(at: fixture.head(100))
            let alert = Alert(key: "k", severity: .page, text: "t")
            #expect(await executor.execute(.alert(alert), at: fixture.head(100)) == .noted)
            #expect(await executor.finish(at: fixture.head(100)).isEmpty && fixture.hashes.isEmpty)
        }
    }

    /// Views that were read of the chain.
    private static func views(_ node: ScriptedTransport) -> Int { node.requests.count { $0.method == "eth_feeHistory" } }

    /// A head as the runner has it: what is wished at it is told.
    private static func pass(
        _ executor: ManagedExecutor, _ head: BlockHeader, _ wishes: [TransactionIntent] = []
    ) async -> [Outcome] {
        var outcomes = await executor.settle(at: head)
        for wish in wishes { outcomes.append(await executor.execute(.transact(wish), at: head)) }
        return outcomes + (await executor.finish(at: head))
    }

    @Test("nothing in flight and nothing wished: few views are read; a wish comes with a view of its head")
    func idle() async throws {
        let fixture = try ManagerFixture()
        let node = fixture.node
        let manager = try fixture.manager([node])
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            for number in 61...100 as ClosedRange<UInt64> { _ = await Self.pass(executor, fixture.head(number)) }
            #expect((2...16).contains(Self.views(node)), "\(Self.views(node)) views of 40 heads")
            #expect(!executor.needsEveryHead && executor.nextLook == .max)
            let before = Self.views(node)
            let outcomes = await Self.pass(executor, fixture.head(101), [ManagerFixture.wish()])
            #expect(Self.views(node) == before + 1 && manager.status.head == fixture.head(101))
            #expect(outcomes.contains { if case .broadcast = $0 { true } else { false } }, "\(outcomes)")
            // In flight: every head counts.
            for number in 102...104 as ClosedRange<UInt64> {
                _ = await Self.pass(executor, fixture.head(number), [ManagerFixture.wish()])
            }
            #expect(Self.views(node) == before + 4 && executor.needsEveryHead)
        }
    }

    @Test("waiting for finality alone, views get rarer; one that shows an undone block makes every head count again")
    func quiet() async throws {
        let fixture = try ManagerFixture()
        let node = fixture.node
        let manager = try fixture.manager([node])
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            _ = await Self.pass(executor, fixture.head(70), [ManagerFixture.wish()])
            let hash = try #require(fixture.hashes.first)
            fixture.mine(hash, in: fixture.head(71))
            for number in 71...73 as ClosedRange<UInt64> { _ = await Self.pass(executor, fixture.head(number)) }
            #expect(!executor.needsEveryHead && Self.views(node) == 4)
            var looked: [UInt64] = []
            for number in 74...95 as ClosedRange<UInt64> where fixture.head(number).timestamp >= executor.nextLook {
                _ = await Self.pass(executor, fixture.head(number))
                looked.append(number)
            }
            #expect(Self.views(node) == 4 + looked.count && (5...14).contains(looked.count), "\(looked)")
            fixture.unmine(hash, in: fixture.head(71))
            let next = try #require((96...119).first { fixture.head($0).timestamp >= executor.nextLook })
            _ = await Self.pass(executor, fixture.head(next))
            #expect(executor.needsEveryHead)
        }
    }
}
