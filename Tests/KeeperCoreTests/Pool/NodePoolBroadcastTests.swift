import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting
import Testing

@Suite("The pool broadcasts", .timeLimit(.minutes(5)))
struct NodePoolBroadcastTests {
    private static let signed: [UInt8] = [2, 0xC0, 1]
    private static let hash = Keccak256.hash(signed)
    private static let method = "eth_sendRawTransaction"
    private static var named: JSON { .string(hash.description) }

    private func known(_ node: ScriptedTransport, _ text: String = "already known") {
        node.refuse(Self.method, with: ScriptedTransport.error(-32000, text))
    }

    @Test("every node gets the bytes, once")
    func all() async throws {
        let fixture = PoolFixture(3)
        for node in fixture.nodes { node.answer(Self.method, with: Self.named) }
        #expect(try await Provider(fixture.pool).broadcast(Self.signed) == Self.hash)
        #expect(fixture.nodes.map { $0.count(of: Self.method) } == [1, 1, 1])
    }

    @Test("one node that has it is a success, and every outcome is told")
    func one() async throws {
        let fixture = PoolFixture(3)
        fixture.nodes[0].refuse(Self.method, with: ScriptedTransport.error(-32000, "nonce too low"))
        fixture.nodes[1].answer(Self.method, with: Self.named)
        fixture.nodes[2].failNext(RPCError(.unreachable, "no connection"))
        let report = try await fixture.pool.broadcast(Self.signed)
        #expect(report.isAccepted && report.error == nil && report.hash == Self.hash)
        #expect(report.summary == "a: nonce too low; b: accepted; c: no usable answer (no connection)")
        #expect(fixture.notices.last == .broadcast(hash: Self.hash, isAccepted: true, outcomes: report.summary))
    }

    @Test("nobody has it: the refusal is the error, with what all of them said; nothing is sent again")
    func none() async throws {
        let fixture = PoolFixture()
        fixture.nodes[0].failNext(RPCError(.unreachable, "no connection"))
        fixture.nodes[1].refuse(Self.method, with: ScriptedTransport.error(-32000, "replacement transaction underpriced"))
        let error = await #expect(throws: RPCError.self) { try await Provider(fixture.pool).broadcast(Self.signed) }
        #expect(error?.code == .node(code: -32000, data: nil) && error?.nodeError?.kind == .replacementUnderpriced)
        #expect(error?.message == "a: no usable answer (no connection); b: replacement transaction underpriced")
        #expect(fixture.nodes[1].count(of: Self.method) == 1)
    }

    @Test("an answer that is lost is no success, and is not repeated")
    func lost() async throws {
        let fixture = PoolFixture(1)
        _ = try? await fixture.pool.newestHead()  // its chain is known
        fixture.nodes[0].failNext(RPCError(.connectionLost, "the connection broke"))
        let error = await #expect(throws: RPCError.self) { try await Provider(fixture.pool).broadcast(Self.signed) }
        #expect(error?.code == .connectionLost && fixture.nodes[0].count(of: Self.method) == 1)
    }

    @Test("already known is a success if the node shows a transaction of our hash")
    func alreadyKnown() async throws {
        let fixture = PoolFixture(1)
        known(fixture.nodes[0])
        fixture.nodes[0].answer("eth_getTransactionByHash", [Self.named], with: .object(["hash": Self.named]))
        let report = try await fixture.pool.broadcast(Self.signed)
        #expect(report.isAccepted && report.summary == "a: already known")
        #expect(try await Provider(fixture.pool).broadcast(Self.signed) == Self.hash)
    }

    @Test(
        "already known without our transaction, or with another, is none",
        arguments: [JSON.null, .object(["hash": .string(B256().description)])])
    func otherKnown(shown: JSON) async throws {
        let fixture = PoolFixture(1)
        known(fixture.nodes[0])
        fixture.nodes[0].answer("eth_getTransactionByHash", with: shown)
        let report = try await fixture.pool.broadcast(Self.signed)
        #expect(!report.isAccepted && report.error?.nodeError?.kind == .alreadyKnown)
    }

    @Test("already known of a hash that the node names: ours is a success without another question, another's is none")
    func namedHash() async throws {
        let fixture = PoolFixture(1)
        known(fixture.nodes[0], "known transaction: \(Self.hash)")
        #expect(try await fixture.pool.broadcast(Self.signed).isAccepted)
        #expect(fixture.nodes[0].count(of: "eth_getTransactionByHash") == 0)
        let other = PoolFixture(1)
        known(other.nodes[0], "known transaction: \(Keccak256.hash([9]))")
        #expect(try await !other.pool.broadcast(Self.signed).isAccepted)
    }

    @Test("a node that names another hash has something else")
    func anotherHash() async throws {
        let fixture = PoolFixture(1)
        fixture.nodes[0].answer(Self.method, with: .string(B256().description))
        let report = try await fixture.pool.broadcast(Self.signed)
        #expect(!report.isAccepted && report.summary.contains("another hash"))
    }

    @Test("once a node has it the others are waited for no longer than the grace")
    func grace() async throws {
        let fixture = PoolFixture(2, silent: 1, about: [Self.method])
        fixture.nodes[0].answer(Self.method, with: Self.named)
        let pool = fixture.pool
        async let report = pool.broadcast(Self.signed)
        var sleeper = await fixture.clock.nextSleeper()
        while sleeper.offset != .seconds(1) { sleeper = await fixture.clock.nextSleeper() }
        fixture.clock.advance(to: sleeper)
        #expect(try await report.summary == "a: accepted; b: no usable answer (no complete answer in time)")
        #expect(pool.report.map(\.inFlight) == [0, 0])
    }

    @Test("neither a pause nor a rate limit keeps the bytes from a node, only another chain does")
    func pausing() async throws {
        let fixture = PoolFixture(3, chainIDs: [1, 1, 9], rates: [1, nil, nil])
        _ = try? await fixture.pool.newestHead()  // the chains are known now
        for node in fixture.nodes { node.answer(Self.method, with: Self.named) }
        for _ in 0..<3 { fixture.nodes[1].failNext(RPCError(.rateLimited(retryAfter: .seconds(100)), "slow down")) }
        _ = try? await fixture.pool.newestHead(everybody: true)  // b is to be left alone
        fixture.nodes[1].refuse("eth_chainId", with: ScriptedTransport.error(-32601, "unused"))
        let report = try await fixture.pool.broadcast(Self.signed)
        #expect(report.outcomes.map(\.endpoint) == ["a", "b"] && fixture.nodes[2].count(of: Self.method) == 0)
        #expect(fixture.nodes[0].count(of: Self.method) == 1)
    }

    @Test("signed bytes inside a batch go to all nodes, the rest is read")
    func batch() async throws {
        let fixture = PoolFixture()
        for node in fixture.nodes {
            node.answer(Self.method, with: Self.named)
            node.answer("eth_getBalance", with: "0x5")
        }
        let batch = [
            RPCRequest(id: 4, method: "eth_getBalance"),
            RPCRequest(id: 3, method: Self.method, params: [.string(Hex.encode(Self.signed))]),
        ]
        let responses = try await fixture.pool.send(batch)
        #expect(responses.map(\.id) == [4, 3])
        #expect(try responses.map { try $0.result() } == ["0x5", Self.named])
        #expect(fixture.nodes.map { $0.count(of: "eth_getBalance") } == [1, 0])
    }
}
