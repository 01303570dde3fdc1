import EthCodec
import EthRPC
import KeeperTesting
import Testing

@Suite("Scripted transport")
struct ScriptedTransportTests {
    @Test("prepared answers come one a call, the last one for ever; parameters win over the method, both over the closure")
    func order() async throws {
        let node = ScriptedTransport { _ in "closure" }
        node.answer("a", with: "1", "2")
        node.answer("a", ["0x0A"], with: "parameters")
        let provider = Provider(node)
        #expect(try await provider.request("a", ["0x0a"]).json == "parameters")
        #expect(try await provider.request("a").json == "1")
        #expect(try await provider.request("a").json == "2")
        #expect(try await provider.request("a").json == "2")
        #expect(try await provider.request("b").json == "closure")
        #expect(node.count(of: "a") == 4 && node.requests.count == 5)
    }

    @Test("node errors are values; other errors, prepared or thrown by the closure, fail the batch")
    func errors() async throws {
        let node = ScriptedTransport { request in
            if request.method == "lost" { throw RPCError(.timeout, "no answer") }
            throw ScriptedTransport.error(-32000, "header not found", data: [7])
        }
        let responses = try await node.send([RPCRequest(method: "x")])
        let refusal = #expect(throws: RPCError.self) { _ = try responses[0].result() }
        #expect(refusal?.code == .node(code: -32000, data: [7]))
        node.failNext(RPCError(.unreachable, "no connection"))
        let broken = await #expect(throws: RPCError.self) { _ = try await node.send([RPCRequest(method: "x")]) }
        #expect(broken?.code == .unreachable)
        let lost = await #expect(throws: RPCError.self) { _ = try await node.send([RPCRequest(method: "lost")]) }
        #expect(lost?.code == .timeout)
        let unprepared = await #expect(throws: RPCError.self) {
            _ = try await ScriptedTransport().send([RPCRequest(method: "x")])
        }
        #expect(unprepared?.code == .noRecordedAnswer)
        #expect(node.requests.count == 3)
    }
}
