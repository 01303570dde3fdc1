import EthCodec
import EthPrimitives
import KeeperTesting
import Testing

@testable import EthRPC

@Suite("The pool follows heads", .timeLimit(.minutes(5)))
struct NodePoolHeadTests {
    private static let heads = PoolFixture.chain(1...120)
    private static let method = "eth_getBlockByNumber"

    private func show(_ node: ScriptedTransport, _ numbers: Int...) {
        for number in numbers { node.answer(Self.method, with: PoolFixture.json(Self.heads[number - 1])) }
    }

    @Test("the highest head counts, and everybody is asked at the start")
    func highest() async throws {
        let fixture = PoolFixture(3)
        show(fixture.nodes[0], 10)
        show(fixture.nodes[1], 11)
        show(fixture.nodes[2], 9)
        #expect(try await fixture.pool.newestHead(everybody: true).number == 11)
        #expect(fixture.pool.report.map(\.lag) == [1, 0, 2])
    }

    @Test("afterwards the preferred node is asked, and the others once a minute")
    func survey() async throws {
        let fixture = PoolFixture(2)
        show(fixture.nodes[0], 10, 11, 12, 13)
        show(fixture.nodes[1], 10, 13)
        #expect(try await fixture.pool.newestHead().number == 10)
        fixture.clock.advance(by: .seconds(30))
        #expect(try await fixture.pool.newestHead().number == 11)
        #expect(fixture.nodes.map { $0.count(of: Self.method) } == [2, 1])
        fixture.clock.advance(by: .seconds(30))
        #expect(try await fixture.pool.newestHead().number == 13)
        #expect(fixture.nodes.map { $0.count(of: Self.method) } == [3, 2])
    }

    @Test("a node whose head cannot be read is passed over from then on")
    func unreadable() async throws {
        let fixture = PoolFixture(2)
        fixture.nodes[0].answer(Self.method, with: .object(["number": "0x"]))
        show(fixture.nodes[1], 10, 11)
        #expect(try await fixture.pool.newestHead().number == 10)
        #expect(try await fixture.pool.newestHead().number == 11)
        #expect(fixture.nodes[0].count(of: Self.method) == 1)
        guard case .cooling = fixture.pool.report[0].state else {
            Issue.record("expected a pause, got \(fixture.pool.report[0].state)")
            return
        }
    }

    @Test("when the preferred node fails, the others are asked")
    func failing() async throws {
        let fixture = PoolFixture(2)
        show(fixture.nodes[0], 10)
        show(fixture.nodes[1], 10, 11)
        _ = try await fixture.pool.newestHead()
        fixture.nodes[0].failNext(RPCError(.unreachable, "broken"))
        #expect(try await fixture.pool.newestHead().number == 11)
    }

    @Test("a stuck node is left behind once its lag is seen")
    func stuck() async throws {
        let fixture = PoolFixture(2)
        show(fixture.nodes[0], 10)
        show(fixture.nodes[1], 10, 16)
        _ = try await fixture.pool.newestHead()
        #expect(try await fixture.pool.newestHead(everybody: true).number == 16)
        #expect(fixture.notices == [.lagging(endpoint: "a", blocks: 6)])
        let before = fixture.nodes[0].count(of: Self.method)
        #expect(try await fixture.pool.newestHead().number == 16)
        #expect(fixture.nodes[0].count(of: Self.method) == before, "the other one is preferred now")
    }

    @Test("a node that hangs is waited for once, not at every poll")
    func hanging() async throws {
        let fixture = PoolFixture(2, silent: 1, about: [Self.method])
        show(fixture.nodes[0], 10, 11)
        let pool = fixture.pool
        async let head = pool.newestHead()
        var sleeper = await fixture.clock.nextSleeper()
        while sleeper.offset != .seconds(1) { sleeper = await fixture.clock.nextSleeper() }
        fixture.clock.advance(to: sleeper)
        #expect(try await head.number == 10)
        #expect(fixture.pool.report[1].state == .cooling(until: .seconds(61)) && fixture.pool.report[1].inFlight == 0)
        #expect(try await pool.newestHead().number == 11, "nobody is waited for")
    }

    @Test("of three nodes, one that is far ahead of both others is not followed")
    func alone() async throws {
        let fixture = PoolFixture(3)
        show(fixture.nodes[0], 100)
        show(fixture.nodes[1], 101)
        show(fixture.nodes[2], 120)
        _ = try? await fixture.pool.newestHead(everybody: true)
        #expect(try await fixture.pool.newestHead(everybody: true).number == 101)
    }

    @Test("no answer at all names the first failure; all on other chains names them")
    func nobody() async throws {
        let fixture = PoolFixture(1)
        fixture.nodes[0].failNext(RPCError(.notJSON, "expected JSON, got HTML"))
        let error = await #expect(throws: RPCError.self) { try await fixture.pool.newestHead() }
        #expect(error?.code == .notJSON && error?.endpoint == "a")
        let wrong = PoolFixture(1, chainIDs: [3])
        await #expect(throws: WrongChain.self) { try await wrong.pool.newestHead() }
    }

    @Test("a session stays with one node, and after its failure the next one goes to another")
    func session() async throws {
        let fixture = PoolFixture(2)
        for node in fixture.nodes {
            show(node, 10)
            node.answer("eth_getBalance", with: "0x5")
        }
        let head = try await fixture.pool.newestHead(everybody: true)
        let session = try #require(fixture.pool.session(at: head))
        #expect(session.label == "a")
        _ = try await session.send([RPCRequest(method: "eth_getBalance")])
        fixture.nodes[0].failNext(RPCError(.timeout, "slow"))
        await #expect(throws: RPCError.self) { try await session.send([RPCRequest(method: "eth_getBalance")]) }
        #expect(fixture.nodes[1].count(of: "eth_getBalance") == 0, "nothing falls back")
        session.discredit("slow")
        #expect(fixture.pool.session(at: head)?.label == "b")
        #expect(fixture.pool.session(at: head, besides: ["b"])?.label == "a")
        #expect(fixture.pool.session(at: head, besides: ["a", "b"]) == nil)
    }

    @Test("a session goes to a node that has the block")
    func sessionAtHead() async throws {
        let fixture = PoolFixture(2)
        show(fixture.nodes[0], 9)
        show(fixture.nodes[1], 10)
        let head = try await fixture.pool.newestHead(everybody: true)
        #expect(fixture.pool.session(at: head)?.label == "b")
    }
}
