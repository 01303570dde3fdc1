import EthCodec
import EthRPC
import KeeperTesting
import Testing

@Suite("Counting requests", .timeLimit(.minutes(5)))
struct InstrumentedTests {
    @Test("requests and errors are counted by method and node, exchanges and their time by node")
    func counts() async throws {
        let meter = RPCMeter()
        let clock = MockClock()
        let node = ScriptedTransport { request in
            clock.advance(by: .milliseconds(30))
            if request.method == "eth_call" { throw ScriptedTransport.error(3, "execution reverted") }
            return "0x1"
        }
        let transport = Instrumented(node, endpoint: "own", meter: meter, clock: RPCClock(clock))
        _ = try await transport.send(["eth_call", "eth_getBalance", "eth_getBalance"].map { RPCRequest(method: $0) })
        node.failNext(RPCError(.timeout, "slow"))
        await #expect(throws: RPCError.self) { try await transport.send([RPCRequest(method: "eth_getBalance")]) }
        let metrics = meter.metrics
        #expect(metrics.exchanges == 2 && metrics.requests == 4 && metrics.errors == 2)
        #expect(metrics.counts[.init(endpoint: "own", method: "eth_getBalance")] == .init(requests: 3, errors: 1))
        #expect(metrics.wires["own"]?.total == .milliseconds(90) && metrics.wires["own"]?.longest == .milliseconds(90))
        #expect(metrics.wires["own"]?.failures == 1 && metrics.requests(of: "eth_call") == 1)
    }
}
