import EthCodec
import EthRPC
import KeeperTestServer
import KeeperTesting
import Testing

@testable import EthTransports

/// Every way in which a server fails at once, on real sockets: what it is called, whether the request may have been executed, and
/// that the next request is served.
@Suite(.timeLimit(.minutes(2)))
struct HTTPFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: Reply
        var code: RPCError.Code
        /// Whether the node may have acted.
        var mayHaveBeenProcessed: Bool
        /// How many requests the node did act upon.
        var acted = 0
        var batch = [Support.call]
        /// Whether bytes of the faulty answer stay on the connection, where the next request may meet them.
        var poisons = false
        var testDescription: String { name }
    }

    static let single: [Fault] = [
        .init(
            name: "act, then lose the reply", reply: .actThenLoseReply, code: .connectionLost, mayHaveBeenProcessed: true,
            acted: 1),
        .init(name: "act, then reset", reply: .actThenReset, code: .connectionLost, mayHaveBeenProcessed: true, acted: 1),
        .init(name: "close at once", reply: .close, code: .connectionLost, mayHaveBeenProcessed: true),
        .init(name: "reset at once", reply: .reset, code: .connectionLost, mayHaveBeenProcessed: true),
        .init(name: "reset in the headers", reply: .resetInHeaders, code: .connectionLost, mayHaveBeenProcessed: true),
        .init(name: "reset in the body", reply: .resetInBody, code: .connectionLost, mayHaveBeenProcessed: true, acted: 1),
        .init(name: "close in the body", reply: .closeInBody, code: .connectionLost, mayHaveBeenProcessed: true, acted: 1),
        .init(name: "length too large", reply: .lengthOff(by: 9), code: .connectionLost, mayHaveBeenProcessed: true, acted: 1),
        .init(
            name: "length too small", reply: .lengthOff(by: -9), code: .truncated, mayHaveBeenProcessed: true, acted: 1,
            poisons: true),
        .init(name: "429", reply: .tooManyRequests(), code: .rateLimited(retryAfter: nil), mayHaveBeenProcessed: false),
        .init(
            name: "429 with Retry-After", reply: .tooManyRequests(retryAfter: "3"), code: .rateLimited(retryAfter: .seconds(3)),
            mayHaveBeenProcessed: false),
        .init(
            name: "503 with Retry-After", reply: .status(503, headers: [("Retry-After", "9")]),
            code: .rateLimited(retryAfter: .seconds(9)), mayHaveBeenProcessed: false),
        .init(name: "401", reply: .status(401), code: .httpStatus(401), mayHaveBeenProcessed: false),
        .init(name: "413", reply: .status(413), code: .httpStatus(413), mayHaveBeenProcessed: false),
        .init(name: "502 as HTML", reply: .gatewayPage(502), code: .httpStatus(502), mayHaveBeenProcessed: true),
        .init(name: "503 as HTML", reply: .gatewayPage(503), code: .httpStatus(503), mayHaveBeenProcessed: true),
        .init(name: "204 without a body", reply: .status(204), code: .httpStatus(204), mayHaveBeenProcessed: true),
        .init(name: "200 as HTML", reply: .html, code: .notJSON, mayHaveBeenProcessed: true),
        .init(name: "200 without a body", reply: .text(""), code: .notJSON, mayHaveBeenProcessed: true),
        .init(name: "truncated JSON", reply: .truncatedJSON, code: .truncated, mayHaveBeenProcessed: true, acted: 1),
        .init(name: "truncated gzip", reply: .truncatedGzip, code: .truncated, mayHaveBeenProcessed: true, acted: 1),
        .init(
            name: "an encoding that nobody asked for", reply: .status(200, headers: [("Content-Encoding", "br")], body: "x"),
            code: .notJSON, mayHaveBeenProcessed: true),
        .init(name: "wrong id", reply: .wrongID, code: .wrongID, mayHaveBeenProcessed: true, acted: 1),
        .init(name: "missing id", reply: .missingID, code: .wrongID, mayHaveBeenProcessed: true, acted: 1),
        .init(
            name: "the response twice",
            reply: .text(#"[{"jsonrpc":"2.0","id":7,"result":1},{"jsonrpc":"2.0","id":7,"result":2}]"#), code: .wrongID,
            mayHaveBeenProcessed: true),
        .init(name: "no response in it", reply: .text("[]"), code: .wrongID, mayHaveBeenProcessed: true),
        .init(
            name: "JSON of another kind", reply: .text(#"{"jsonrpc":"2.0","id":7}"#), code: .notJSONRPC,
            mayHaveBeenProcessed: true),
        .init(
            name: "not HTTP", reply: Reply([.bytes(Array("SSH-2.0-x\r\n".utf8)), .close]), code: .connectionLost,
            mayHaveBeenProcessed: true),
    ]

    static let batched: [Fault] = [
        .init(
            name: "duplicate id", reply: .duplicateID, code: .wrongID, mayHaveBeenProcessed: true, acted: 4, batch: Support.batch),
        .init(
            name: "missing response", reply: .missingResponse, code: .wrongID, mayHaveBeenProcessed: true, acted: 4,
            batch: Support.batch),
        .init(
            name: "extra response", reply: .extraResponse, code: .wrongID, mayHaveBeenProcessed: true, acted: 4,
            batch: Support.batch),
        .init(
            name: "batch refused as a whole", reply: .refuse(-32600, "batch too large", wholeBatch: true),
            code: .node(code: -32600, data: nil), mayHaveBeenProcessed: false, batch: Support.batch),
        .init(
            name: "batch too large for the gateway", reply: .status(413), code: .httpStatus(413), mayHaveBeenProcessed: false,
            batch: Support.batch),
    ]

    @Test(
        "A fault has its name, says whether the node may have acted, and does not spoil the next request",
        arguments: single + batched)
    func fault(_ fault: Fault) async throws {
        try await FaultServer.with(FaultScript().replying(fault.reply, to: 0)) { server in
            let transport = try Support.http(server)
            let error = try await Support.error(transport, fault.batch)
            #expect(error.code == fault.code)
            #expect(error.mayHaveBeenProcessed == fault.mayHaveBeenProcessed)
            #expect(error.endpoint == "own")
            #expect(server.acted.count == fault.acted)
            #expect(server.requests.count == 1, "nothing is sent again by itself")
            var next: [RPCResponse] = []
            do {
                next = try await transport.send([Support.call])
            } catch let error as RPCError where fault.poisons && error.code == .connectionLost {
                next = try await transport.send([Support.call])
            }
            #expect(try next[0].result() == ["eth_call", "0x01"])
        }
    }

    @Test("A node's error with status 200 is a value, a rate limit of the node's own too", arguments: [429, -32005])
    func nodeError(code: Int) async throws {
        try await FaultServer.with(FaultScript().replying(.refuse(code, "too many requests"), to: 0)) { server in
            let responses = try await Support.http(server).send(Support.batch)
            #expect(responses.count == 4)
            for response in responses {
                let error = #expect(throws: RPCError.self) { try response.result() }
                #expect(error?.code == .node(code: code, data: nil))
            }
        }
    }

    @Test("A node's error counts more than the status that it comes with; a limit keeps its Retry-After")
    func errorsUnderAStatus() async throws {
        let body = #"{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"execution reverted"}}"#
        let script = FaultScript().replying(.status(500, body: body), to: 0)
            .replying(.status(429, headers: [("Retry-After", "4")], body: body), to: 1)
        try await FaultServer.with(script) { server in
            let transport = try Support.http(server)
            let responses = try await transport.send([Support.call])
            let error = #expect(throws: RPCError.self) { try responses[0].result() }
            #expect(error?.code == .node(code: -32000, data: nil))
            let limited = try await Support.error(transport)
            #expect(limited.code == .rateLimited(retryAfter: .seconds(4)))
            #expect(limited.message.contains("execution reverted"))
        }
    }

    @Test("Nobody listening is known to be harmless")
    func nobodyThere() async throws {
        let server = try await FaultServer.start()
        let transport = try Support.http(server)
        await server.stop()
        let error = try await Support.error(transport)
        #expect(error.code == .unreachable && !error.mayHaveBeenProcessed)
    }
}
