import EthCodec
import EthPrimitives
import KeeperTesting
import Testing

@testable import EthRPC

@Suite("The pool reads", .timeLimit(.minutes(5)))
struct NodePoolReadTests {
    private static let read = RPCRequest(id: 7, method: "eth_getBalance", params: ["0x00", "0x1"])

    private func value(_ pool: NodePool, _ request: RPCRequest = read) async throws -> JSON? {
        try await pool.send([request]).first?.result()
    }

    @Test(
        "a node in trouble hands over to the next, at once",
        arguments: [
            .unreachable, .connectionLost, .timeout, .notJSON, .truncated, .wrongID, .httpStatus(502),
            .rateLimited(retryAfter: nil),
        ]
            as [RPCError.Code])
    func trouble(code: RPCError.Code) async throws {
        let fixture = PoolFixture()
        _ = try? await fixture.pool.newestHead()  // both are known to be on the chain
        fixture.nodes[0].failNext(RPCError(code, "broken"))
        fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        #expect(try await value(fixture.pool) == "0x5")
        #expect(fixture.nodes[0].count(of: "eth_getBalance") == 1)
    }

    @Test(
        "a node that cannot tell hands over to the next",
        arguments: [(-32000, "header not found"), (-32000, "missing trie node 00"), (-32601, "the method eth_x does not exist")])
    func elsewhere(code: Int, text: String) async throws {
        let fixture = PoolFixture()
        fixture.nodes[0].refuse("eth_getBalance", with: ScriptedTransport.error(code, text))
        fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        #expect(try await value(fixture.pool) == "0x5")
        #expect(fixture.pool.report[0].failures == 0, "that is no failure of the node")
    }

    @Test("a result that is no quantity where one must be is no answer, and speaks against the node")
    func nonsense() async throws {
        let fixture = PoolFixture()
        for result in ["0x", "five", "0x05", .null, .object([:])] as [JSON] {
            fixture.nodes[0].answer("eth_getBalance", with: result)
            fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        }
        for _ in 0..<2 { #expect(try await value(fixture.pool) == "0x5") }
        #expect(fixture.pool.report[0].failures == 1)
        #expect(fixture.nodes.map { $0.count(of: "eth_getBalance") } == [1, 2], "the healthy one is preferred from then on")
    }

    @Test("a block that one node does not know is asked of the others; what nobody knows is null, each asked once")
    func unknownBlock() async throws {
        let fixture = PoolFixture(3)
        let read = RPCRequest(id: 7, method: "eth_getBlockByHash", params: ["0x00", false])
        fixture.nodes[0].answer("eth_getBlockByHash", with: .null, .null)
        fixture.nodes[1].answer("eth_getBlockByHash", with: .object(["number": "0x1"]), .null)
        fixture.nodes[2].answer("eth_getBlockByHash", with: .null)
        #expect(try await value(fixture.pool, read)?["number"] == "0x1")
        #expect(try await value(fixture.pool, read) == .null)
        #expect(fixture.nodes.map { $0.count(of: "eth_getBlockByHash") } == [2, 2, 1])
        #expect(fixture.pool.report.allSatisfy { $0.failures == 0 }, "that is no failure of a node")
    }

    @Test("an answer that is too large here may be smaller elsewhere")
    func tooLarge() async throws {
        let fixture = PoolFixture()
        _ = try? await fixture.pool.newestHead()  // both are known to be on the chain
        fixture.nodes[0].failNext(RPCError(.tooLarge, "the answer unpacks to more than 5 bytes"))
        fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        #expect(try await value(fixture.pool) == "0x5")
    }

    @Test("a revert is final: every node would say the same")
    func final() async throws {
        let fixture = PoolFixture()
        fixture.nodes[0].refuse("eth_call", with: ScriptedTransport.error(3, "execution reverted", data: [1]))
        let error = await #expect(throws: RPCError.self) { try await value(fixture.pool, RPCRequest(method: "eth_call")) }
        #expect(error?.isRevert == true && fixture.nodes[1].requests.isEmpty)
    }

    @Test("what no node can tell comes back as the node's error, each asked once")
    func nowhere() async throws {
        let fixture = PoolFixture(3)
        for node in fixture.nodes { node.refuse("eth_getBalance", with: ScriptedTransport.error(-32000, "header not found")) }
        let error = await #expect(throws: RPCError.self) { try await value(fixture.pool) }
        #expect(error?.message == "header not found")
        #expect(fixture.nodes.map { $0.count(of: "eth_getBalance") } == [1, 1, 1])
    }

    @Test("a single node is tried again, as often as the settings say, and its last failure is told with its name")
    func attempts() async throws {
        let fixture = PoolFixture(1)
        fixture.nodes[0].answer("eth_getBalance", with: "0x5")
        for _ in 0..<2 { fixture.nodes[0].failNext(RPCError(.unreachable, "broken")) }
        #expect(try await value(fixture.pool) == "0x5")
        for _ in 0..<3 { fixture.nodes[0].failNext(RPCError(.unreachable, "broken")) }
        let error = await #expect(throws: RPCError.self) { try await value(fixture.pool) }
        #expect(error?.code == .unreachable && error?.endpoint == "a")
        #expect(fixture.notices == [.cooling(endpoint: "a", reason: "from a: broken")])
        #expect(try await value(fixture.pool) == "0x5", "the last node is not dropped")
    }

    @Test("what may not be repeated is asked once", arguments: ["evm_mine", "eth_sendTransaction", "eth_getFilterChanges"])
    func once(method: String) async throws {
        let fixture = PoolFixture()
        fixture.nodes[0].failNext(RPCError(.unreachable, "for the question of the chain"))
        fixture.nodes[1].answer(method, with: "0x1")
        await #expect(throws: RPCError.self) { try await value(fixture.pool, RPCRequest(method: method)) }
        #expect(fixture.nodes[1].requests.isEmpty)
    }

    @Test("an attempt that hangs is given up in its time, and the operation goes on elsewhere")
    func hang() async throws {
        let settings = PoolSettings(timeout: .seconds(10), attemptTimeout: .seconds(4))
        let fixture = PoolFixture(settings: settings, silent: 0, about: ["eth_getBalance"])
        fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        _ = try? await fixture.pool.newestHead()  // both are known to be on the chain
        async let answer = value(fixture.pool)
        while fixture.clock.sleeperCount == 0 { await Task.yield() }
        fixture.clock.advance(by: .milliseconds(3999))
        #expect(fixture.clock.sleeperCount == 1)
        fixture.clock.advance(by: .milliseconds(1))
        #expect(try await answer == "0x5")
        #expect(fixture.pool.report.map(\.inFlight) == [0, 0])
    }

    @Test("the time of the operation is the limit, whatever the attempts")
    func budget() async throws {
        let settings = PoolSettings(timeout: .seconds(5), attempts: 100)
        let fixture = PoolFixture(1, settings: settings, silent: 0)
        async let answer = value(fixture.pool)
        fixture.clock.advance(to: await fixture.clock.nextSleeper())
        #expect(fixture.clock.now == .init(offset: .seconds(5)))
        do {
            _ = try await answer
            Issue.record("expected a timeout")
        } catch let error as RPCError { #expect(error.code == .timeout && error.endpoint == "a") }
    }

    @Test("Retry-After is waited for when there is nobody else, and is too late beyond the time of the operation")
    func retryAfter() async throws {
        let fixture = PoolFixture(1)
        fixture.nodes[0].answer("eth_getBalance", with: "0x5")
        #expect(try await value(fixture.pool) == "0x5")
        fixture.nodes[0].failNext(RPCError(.rateLimited(retryAfter: .seconds(3)), "slow down"))
        async let answer = value(fixture.pool)
        var sleeper = await fixture.clock.nextSleeper()
        while sleeper.offset != .seconds(3) { sleeper = await fixture.clock.nextSleeper() }
        fixture.clock.advance(to: sleeper)
        #expect(try await answer == "0x5")
        fixture.nodes[0].failNext(RPCError(.rateLimited(retryAfter: .seconds(60)), "slow down"))
        let error = await #expect(throws: RPCError.self) { try await value(fixture.pool) }
        #expect(error?.code == .rateLimited(retryAfter: .seconds(60)), "the reason is told")
        let later = await #expect(throws: RPCError.self) { try await value(fixture.pool) }
        #expect(later?.code == .timeout && fixture.nodes[0].count(of: "eth_getBalance") == 4, "and nothing is sent until then")
    }

    @Test("a node at its rate limit gives way to the next")
    func rateLimit() async throws {
        let fixture = PoolFixture(rates: [20])
        for node in fixture.nodes { node.answer("eth_getBalance", with: "0x5") }
        for _ in 0..<3 { #expect(try await value(fixture.pool) == "0x5") }
        #expect(fixture.nodes.map { $0.count(of: "eth_getBalance") } == [1, 2])
    }

    @Test("a node on another chain is evicted by name before anything that it says counts")
    func wrongChain() async throws {
        let fixture = PoolFixture(chainIDs: [5, 1, 1])
        for node in fixture.nodes { node.answer("eth_getBalance", with: "0x5") }
        #expect(try await value(fixture.pool) == "0x5")
        #expect(fixture.nodes[0].requests.map(\.method) == ["eth_chainId"])
        #expect(fixture.notices == [.evicted(endpoint: "a", chain: 5, expected: 1)])
    }

    @Test("all nodes on other chains: nothing is read, and the error names them")
    func allWrong() async throws {
        let fixture = PoolFixture(chainIDs: [5, 6, 1])
        let error = await #expect(throws: (any Error).self) { try await value(fixture.pool) }
        _ = error
        let wrong = await #expect(throws: WrongChain.self) { try await value(fixture.pool) }
        #expect(
            "\(wrong.map { "\($0)" } ?? "")" == "expected chain 1, the node \"a\" is on chain 5, the node \"b\" is on chain 6")
    }

    @Test("a slow read is asked of a second node too, and the first good answer counts")
    func hedge() async throws {
        let settings = PoolSettings(timeout: .seconds(10), hedges: true)
        let fixture = PoolFixture(settings: settings, silent: 0, about: ["eth_getBalance"])
        fixture.nodes[1].answer("eth_getBalance", with: "0x5")
        async let answer = value(fixture.pool)
        var sleeper = await fixture.clock.nextSleeper()
        while sleeper.offset != .seconds(1) { sleeper = await fixture.clock.nextSleeper() }
        fixture.clock.advance(to: sleeper)
        #expect(try await answer == "0x5")
        let report = fixture.pool.report
        #expect(report.map(\.inFlight) == [0, 0] && report[0].failures == 0, "the slower one was given up, not blamed")
    }

    @Test("a quick answer asks nobody else")
    func noHedge() async throws {
        let fixture = PoolFixture(settings: PoolSettings(hedges: true))
        fixture.nodes[0].answer("eth_getBalance", with: "0x5")
        #expect(try await value(fixture.pool) == "0x5")
        #expect(fixture.nodes[1].requests.isEmpty)
    }

    @Test("responses keep the order and the ids of the requests")
    func conformance() async throws {
        let fixture = PoolFixture()
        let account: JSON = "0x00000000000000000000000000000000000000ff"
        for node in fixture.nodes {
            node.answer("eth_getBalance", [account], with: "0x1")
            node.answer("eth_getCode", [account], with: "0x")
            node.refuse("eth_call", with: ScriptedTransport.error(3, "execution reverted", data: [1, 2]))
        }
        try await TransportConformance(
            answered: [.init("eth_getBalance", [account], result: "0x1"), .init("eth_getCode", [account], result: "0x")],
            refused: .init("eth_call")
        ).check(fixture.pool)
    }

    @Test("cancelling an operation ends it, and nobody is blamed")
    func cancellation() async throws {
        let fixture = PoolFixture(silent: 0, about: ["eth_getBalance"])
        let pool = fixture.pool
        let task = Task { try await pool.send([Self.read]) }
        while fixture.nodes[0].requests.isEmpty || fixture.pool.report[0].inFlight == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(fixture.pool.report.allSatisfy { $0.inFlight == 0 && $0.failures == 0 })
    }
}
