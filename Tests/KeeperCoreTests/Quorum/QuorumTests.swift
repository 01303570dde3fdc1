import KeeperTransactions
import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperTesting
import Logging
import Synchronization
import Testing

@testable import KeeperCore

@Suite("A quorum before something is sent", .timeLimit(.minutes(5)))
struct QuorumTests {
    private static let head = PoolFixture.chain(10...10)[0]

    private struct Facts: Codable {
        var nonce: UInt64
        var balance: Wei
        var tags = ["x", "y"]
    }

    /// Sends whenever the nonce is above zero; the nonce is the epoch, the balance is a fact that does not matter.
    private struct Wanting: Keeper {
        func observe(_ head: BlockHeader, through provider: Provider) async throws -> Facts {
            var batch = ReadBatch(at: .hash(head.hash))
            let (nonce, balance) = (batch.nonce(.zero), batch.balance(.zero))
            let answers = try await provider.send(batch)
            return Facts(nonce: try answers.value(of: nonce), balance: try answers.value(of: balance))
        }

        func decide(_ snapshot: Facts, _ memory: inout NoMemory) -> Decision {
            snapshot.nonce == 0 ? Decision() : Decision(actions: [.transact(SampleIntent.intent(epoch: snapshot.nonce))])
        }

        func nextWake(after head: BlockHeader) -> UInt64 { 0 }
    }

    private final class Watching: ActionExecutor {
        let begins: Bool
        let executed = Mutex<[Action]>([])
        init(begins: Bool = true) { self.begins = begins }

        func begins(_ intent: TransactionIntent) -> Bool { begins }
        func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
            executed.withLock { $0.append(action) }
            if case .transact(let intent) = action { return .wouldSend(intent: intent.id) }
            return .noted
        }
        var sent: Int {
            executed.withLock {
                $0.count { action in
                    if case .transact = action { true } else { false }
                }
            }
        }
    }

    private let fixture: PoolFixture
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() { fixture = PoolFixture(3) }

    private func node(_ index: Int, nonce: JSON, balance: JSON = "0x1", knows: JSON = PoolFixture.json(Self.head)) {
        fixture.nodes[index].answer("eth_getTransactionCount", with: nonce)
        fixture.nodes[index].answer("eth_getBalance", with: balance)
        fixture.nodes[index].answer("eth_getBlockByHash", with: knows)
    }

    private func tick(_ quorum: Int, _ executor: Watching = Watching(), _ journal: Journal = Journal()) async throws
        -> KeeperRunner<Wanting>.Tick
    {
        let runner = KeeperRunner(
            Wanting(), nodes: fixture.pool, quorum: QuorumCheck(quorum: quorum, clock: RPCClock(fixture.clock)),
            executor: executor, journal: journal, logger: logger)
        var memory = NoMemory()
        return try await runner.tick(at: Self.head, memory: &memory)
    }

    @Test("two nodes that say the same: sent, and the third is not asked")
    func agreed() async throws {
        for index in 0..<3 { node(index, nonce: "0x7") }
        let executor = Watching()
        let tick = try await tick(2, executor)
        #expect(executor.sent == 1 && tick.verdict?.agreed == ["a", "b"] && tick.verdict?.refusal == nil && tick.alerts.isEmpty)
        #expect(fixture.nodes[2].requests.isEmpty)
    }

    @Test("facts that differ without changing what is sent are told, and do not stop it")
    func immaterial() async throws {
        node(0, nonce: "0x7", balance: "0x1")
        node(1, nonce: "0x7", balance: "0x2")
        let executor = Watching()
        let tick = try await tick(2, executor)
        #expect(executor.sent == 1 && tick.alerts.isEmpty)
        #expect(tick.verdict?.assents.first?.differences.map(\.path) == ["balance"])
    }

    @Test("nodes that disagree: nothing is sent, an alert has both values, and the journal has it all")
    func disagreed() async throws {
        node(0, nonce: "0x7")
        node(1, nonce: "0x8")
        node(2, nonce: "0x0")
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        let executor = Watching()
        let tick = try await tick(2, executor, try Journal(path: path))
        #expect(executor.sent == 0)
        guard case .refused(let intent, let reason)? = tick.outcomes.first else {
            Issue.record("expected a refusal, got \(tick.outcomes)")
            return
        }
        #expect(intent.epoch == 7 && reason.hasPrefix("nodes disagree"))
        let alert = try #require(tick.alerts.first)
        #expect(alert.severity == .urgent && alert.key == "test/nodes-disagree")
        for word in ["a", "b", "c", "nonce 7 | 8", "nonce 7 | 0", "send nothing", "nothing was sent"] {
            #expect(alert.text.contains(word), "\(alert.text)")
        }
        #expect(executor.executed.withLock { $0 } == [.alert(alert)])
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let kinds = try lines.map { try JSONScanner.parse(Array($0.utf8))["kind"]?.string }
        #expect(kinds == ["decision", "quorum", "outcome"])
    }

    @Test("one node of three that says something else is named, and the other two are believed")
    func outvoted() async throws {
        node(0, nonce: "0x7")
        node(1, nonce: "0x9")
        node(2, nonce: "0x7")
        let executor = Watching()
        let tick = try await tick(2, executor)
        #expect(executor.sent == 1 && tick.verdict?.agreed == ["a", "c"])
        #expect(tick.alerts.first?.text.contains("sent, as a, c agree") == true)
    }

    @Test("a node that is slow to learn of the block is waited for")
    func slow() async throws {
        for index in 0..<2 { node(index, nonce: "0x7", knows: .null) }
        fixture.nodes[1].answer("eth_getBlockByHash", with: .null, .null, PoolFixture.json(Self.head))
        async let done = tick(2)
        // Three times nothing, a quarter of a second apart.
        for step in 1...3 {
            var sleeper = await fixture.clock.nextSleeper()
            while sleeper.offset != .milliseconds(250 * step) { sleeper = await fixture.clock.nextSleeper() }
            fixture.clock.advance(to: sleeper)
        }
        #expect(try await done.verdict?.agreed == ["a", "b"])
    }

    @Test("a node that does not have the block is passed over for another")
    func behind() async throws {
        node(0, nonce: "0x7")
        node(1, nonce: "0x7", knows: .null)
        node(2, nonce: "0x7")
        let executor = Watching()
        let runner = KeeperRunner(
            Wanting(), nodes: fixture.pool, quorum: QuorumCheck(quorum: 2, grace: .zero, clock: RPCClock(fixture.clock)),
            executor: executor, journal: Journal(), logger: logger)
        var memory = NoMemory()
        let tick = try await runner.tick(at: Self.head, memory: &memory)
        #expect(executor.sent == 1 && tick.verdict?.agreed == ["a", "c"])
        #expect(tick.verdict?.absences == [.init(endpoint: "b", reason: "does not have the block")])
    }

    @Test("too few nodes answer: nothing is sent at this head, without an alert")
    func unreachable() async throws {
        node(0, nonce: "0x7")
        for index in 1...2 { for _ in 0..<2 { fixture.nodes[index].failNext(RPCError(.unreachable, "no connection")) } }
        let executor = Watching()
        let tick = try await tick(2, executor)
        #expect(executor.sent == 0 && tick.alerts.isEmpty)
        guard case .refused(_, let reason)? = tick.outcomes.first else {
            Issue.record("expected a refusal")
            return
        }
        #expect(reason.contains("1 of 2 nodes confirm it") && reason.contains("next head"))
    }

    @Test("a node with another header of the same hash is not believed")
    func forged() async throws {
        var forged = Self.head
        forged.timestamp += 1
        node(0, nonce: "0x7")
        node(1, nonce: "0x7", knows: PoolFixture.json(forged))
        node(2, nonce: "0x7")
        let tick = try await tick(2)
        #expect(tick.verdict?.agreed == ["a", "c"] && tick.verdict?.absences.first?.endpoint == "b")
    }

    @Test("nobody else is asked when nothing new would be sent, or the quorum is one")
    func notNeeded() async throws {
        for index in 0..<3 { node(index, nonce: "0x7") }
        #expect(try await tick(2, Watching(begins: false)).verdict == nil)
        #expect(try await tick(1).verdict == nil)
        #expect(fixture.nodes[1].requests.isEmpty && fixture.nodes[2].requests.isEmpty)
        let other = PoolFixture(2)
        other.nodes[0].answer("eth_getTransactionCount", with: "0x0")
        other.nodes[0].answer("eth_getBalance", with: "0x0")
        let runner = KeeperRunner(
            Wanting(), nodes: other.pool, quorum: QuorumCheck(quorum: 2), executor: Watching(), journal: Journal(), logger: logger
        )
        var memory = NoMemory()
        #expect(try await runner.tick(at: Self.head, memory: &memory).verdict == nil)
        #expect(other.nodes[1].requests.isEmpty)
    }

    @Test("an observation that fails on one node begins anew on another, and the next tick goes there too")
    func failover() async throws {
        let broken = PoolFixture(2)
        for node in broken.nodes { node.answer("eth_getTransactionCount", with: "0x7") }
        broken.nodes[0].answer("eth_getBalance", with: "1")
        broken.nodes[1].answer("eth_getBalance", with: "0x1")
        let runner = KeeperRunner(
            Wanting(), nodes: broken.pool, executor: Watching(), journal: Journal(), logger: logger)
        var memory = NoMemory()
        #expect(try await runner.tick(at: Self.head, memory: &memory).endpoint == "b")
        #expect(try await runner.tick(at: Self.head, memory: &memory).endpoint == "b")
        #expect(broken.nodes[0].count(of: "eth_getBalance") == 1)
    }

    @Test("differences are found by path, in objects and arrays, and cut to a bearable number")
    func differences() throws {
        func json(_ text: String) throws -> JSON { try JSONScanner.parse(Array(text.utf8)) }
        let found = FieldDifference.between(
            try json(#"{"a":{"b":[1,2,{"c":"x"}]},"d":1,"same":[1]}"#),
            try json(#"{"a":{"b":[1,3,{"c":"y"},4]},"e":2,"same":[1]}"#))
        #expect(found.map(\.path) == ["a.b[1]", "a.b[2].c", "a.b[3]", "d", "e"])
        #expect(found[1].ours == "x" && found[1].theirs == "y" && found[3].theirs == "nothing")
        let many = FieldDifference.between(.array((0..<99).map { .integer($0) }), .array((1..<100).map { .integer($0) }))
        #expect(many.count == 20)
    }
}
