import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import KeeperTestServer
import KeeperTesting
import Testing

/// Every way in which a WebSocket fails, on real sockets.
@Suite(.timeLimit(.minutes(2)))
struct WebSocketFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: Reply
        var code: RPCError.Code
        var acted = 0
        var batch = [Support.call]
        /// Whether the connection survives.
        var survives = false
        var testDescription: String { name }
    }

    private static let strange = FaultServer.notification("0x77", "0x1")

    static let faults: [Fault] = [
        .init(name: "act, then close", reply: .actThenLoseReply, code: .connectionLost, acted: 1),
        .init(name: "act, then reset", reply: .actThenReset, code: .connectionLost, acted: 1),
        .init(name: "reset at once", reply: .reset, code: .connectionLost),
        .init(
            name: "a close frame", reply: Reply([.frame(opcode: 8, payload: [0x03, 0xE9], isFinal: true)]), code: .connectionLost),
        .init(
            name: "a binary message", reply: Reply([.frame(opcode: 2, payload: [1, 2], isFinal: true)]), code: .protocolViolation),
        .init(
            name: "a continuation of nothing", reply: Reply([.frame(opcode: 0, payload: [1], isFinal: true)]),
            code: .protocolViolation),
        .init(
            name: "a frame of no kind", reply: Reply([.frame(opcode: 5, payload: [1], isFinal: true)]), code: .protocolViolation),
        .init(
            name: "a fragmented ping", reply: Reply([.frame(opcode: 9, payload: [1], isFinal: false)]), code: .protocolViolation),
        .init(name: "a message too large", reply: .text(String(repeating: " ", count: 3 << 20)), code: .tooLarge),
        .init(
            name: "fragments too large together",
            reply: Reply(
                [.frame(opcode: 1, payload: [0x20], isFinal: false)]
                    + (0..<40).map { _ in .frame(opcode: 0, payload: Array(repeating: 0x20, count: 1 << 16), isFinal: false) }),
            code: .tooLarge),
        .init(name: "HTTP in the middle", reply: .gatewayPage(502), code: .protocolViolation),
        .init(name: "HTML", reply: .html, code: .notJSON), .init(name: "nothing", reply: .text(""), code: .truncated),
        .init(name: "truncated JSON", reply: .truncatedJSON, code: .truncated, acted: 1),
        .init(name: "no response", reply: .text(#"{"jsonrpc":"2.0","id":1}"#), code: .notJSONRPC),
        .init(name: "wrong id", reply: .wrongID, code: .wrongID, acted: 1),
        .init(name: "missing id", reply: .missingID, code: .wrongID, acted: 1),
        .init(name: "duplicate id", reply: .duplicateID, code: .wrongID, acted: 4, batch: Support.batch),
        .init(name: "news that nobody asked for", reply: Reply([.message(strange)]), code: .protocolViolation),
        .init(name: "news of another kind", reply: .text(#"{"method":"x_news","params":{}}"#), code: .protocolViolation),
        .init(
            name: "a batch refused by an error for its first request",
            reply: .refuse(-32600, "batch too large", wholeBatch: true),
            code: .node(code: -32600, data: nil), batch: Support.batch, survives: true),
        .init(
            name: "a batch refused by an error without an id",
            reply: .text(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"batch limit 3 exceeded"}}"#),
            code: .node(code: -32000, data: nil), batch: Support.batch, survives: true),
    ]

    @Test("A fault has its name, and the next request is served", arguments: faults)
    func fault(_ fault: Fault) async throws {
        try await FaultServer.with(FaultScript().replying(fault.reply, to: 0)) { server in
            let transport = try Support.socket(server, maximumBytes: 2 << 20)
            let error = try await Support.error(transport, fault.batch)
            #expect(error.code == fault.code)
            #expect(error.endpoint == "own")
            #expect(error.mayHaveBeenProcessed == !fault.survives)
            #expect(server.acted.count == fault.acted)
            #expect(server.requests.count == 1, "nothing is sent again by itself")
            #expect(try await transport.send([Support.call])[0].result() == ["eth_call", "0x01"])
            #expect(server.connections == (fault.survives ? 1 : 2))
            try await server.connected(1)
        }
    }

    @Test("An answer that comes twice ends the connection")
    func twice() async throws {
        try await FaultServer.with(FaultScript().replying(Reply(Reply.answer.steps + Reply.answer.steps), to: 0)) { server in
            let transport = try Support.socket(server)
            var events = transport.subscribe(to: .newHeads).makeAsyncIterator()
            // The subscription was the first request: its confirmation is no string here.
            await #expect(throws: RPCError.self) { _ = try await events.next() }
            try await server.connected(0)
            #expect(try await transport.send([Support.call]).count == 1)
        }
    }

    @Test(
        "Where the server refuses a WebSocket, the error says how, and the node has seen no request",
        arguments: [
            (Reply.status(401), RPCError.Code.httpStatus(401)), (.gatewayPage(502), .httpStatus(502)), (.html, .httpStatus(200)),
            (.tooManyRequests(retryAfter: "5"), .rateLimited(retryAfter: .seconds(5))), (.reset, .unreachable),
            (.close, .unreachable),
            (
                .status(101, headers: [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", "x")]),
                .protocolViolation
            ),
        ])
    func refused(_ reply: Reply, _ code: RPCError.Code) async throws {
        try await FaultServer.with(FaultScript().replying(reply, toUpgradeTimes: 1)) { server in
            let transport = try Support.socket(server)
            #expect(try await Support.error(transport).code == code)
            #expect(server.requests.isEmpty)
            #expect(try await transport.send([Support.call]).count == 1, "the next request asks again")
            try await server.connected(1)
        }
    }

    @Test("A handshake that is never answered costs the timeout, and its connection is closed")
    func handshakeHangs() async throws {
        try await FaultServer.with(FaultScript().replying(.hang, toUpgradeTimes: 1)) { server in
            let clock = MockClock()
            let transport = try Support.socket(server, clock: clock)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.connected(1)
            clock.advance(to: await clock.nextSleeper())
            let error = await #expect(throws: RPCError.self) { try await sending.value }
            #expect(error?.code == .timeout)
            try await server.connected(0)
            #expect(try await transport.send([Support.call]).count == 1)
        }
    }

    @Test("Nobody listening is known to be harmless")
    func nobodyThere() async throws {
        let server = try await FaultServer.start()
        let transport = try Support.socket(server)
        await server.stop()
        let error = try await Support.error(transport)
        #expect(error.code == .unreachable && !error.mayHaveBeenProcessed)
    }

    @Test("No fault of a WebSocket makes an error that shows a token, whatever the server repeats")
    func canaries() async throws {
        let echo = "canaryPATH7f3a canaryHEADER"
        let refusal = #"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"\#(echo)"}}"#
        let replies: [Reply] =
            [.text(refusal), .text(echo), .text("[\"\(echo)\"]"), .refuse(-32000, echo), .status(400, body: echo)]
            + Self.faults.map(\.reply)
        let script = replies.enumerated().reduce(FaultScript().replying(.status(401, body: echo), toUpgradeTimes: 1)) {
            $0.replying($1.element, to: $1.offset)
        }
        try await FaultServer.with(script) { server in
            let transport = try Support.socket(
                server, path: "/canaryPATH7f3a", maximumBytes: 2 << 20, headers: [("X-Key", SecretText("canaryHEADER"))])
            while server.requests.count < replies.count {
                var text = ""
                do {
                    for response in try await transport.send([Support.call]) {
                        text += String(decoding: response.raw, as: UTF8.self)
                        dump(response.outcome, to: &text)
                    }
                } catch {
                    text += "\(error)"
                    dump(error, to: &text)
                }
                #expect(!text.contains("canary"), "\(text)")
            }
            var text = ""
            dump(transport, to: &text)
            #expect(!text.contains("canary") && text.contains("own"))
        }
    }
}
