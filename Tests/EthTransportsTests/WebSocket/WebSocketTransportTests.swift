import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import KeeperTestServer
import KeeperTesting
import Testing

/// Requests side by side over one socket.
@Suite(.timeLimit(.minutes(2)))
struct WebSocketTransportTests {
    @Test("It conforms, whether batches come in order or not", arguments: [Reply.answer, .shuffled])
    func conforms(_ reply: Reply) async throws {
        try await FaultServer.with(FaultScript().replying(reply) { $0.kind != .upgrade }) { server in
            try await HTTPTransportTests.conformance.check(try Support.socket(server))
            #expect(server.connections == 1)
        }
    }

    @Test("Five hundred requests at once share one connection, and each gets its own answer, in whatever order they come")
    func multiplexed() async throws {
        let gate = Gate()
        let script = FaultScript().replying(.answer.after(gate)) { $0.kind != .upgrade && $0.index % 3 == 0 }
        try await FaultServer.with(script) { server in
            let transport = try Support.socket(server)
            try await withThrowingTaskGroup { group in
                for number in 0..<500 {
                    group.addTask {
                        let request = RPCRequest(id: 1, method: "eth_call", params: [.integer(number)])
                        let response = try await transport.send([request])[0]
                        #expect(response.id == 1)
                        #expect(try response.result() == ["eth_call", .integer(number)])
                    }
                }
                // 333 answers come before those that wait.
                for _ in 0..<333 { try await group.next() }
                gate.open()
                try await group.waitForAll()
            }
            #expect(server.connections == 1)
            #expect(Set(server.requests.flatMap(\.calls).map(\.id)).count == 500, "no id is used twice")
        }
    }

    @Test("A request that is late ends with its time; its answer, when it comes, disturbs nobody")
    func late() async throws {
        let gate = Gate()
        try await FaultServer.with(FaultScript().replying(.answer.after(gate), to: 0)) { server in
            let clock = MockClock()
            let transport = try Support.socket(server, clock: clock)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.received(1)
            let deadline = await clock.nextSleeper()
            #expect(deadline.offset == .seconds(10))
            clock.advance(to: deadline)
            let error = await #expect(throws: RPCError.self) { try await sending.value }
            #expect(error?.code == .timeout && error?.method == "eth_call" && error?.endpoint == "own")
            gate.open()
            for _ in 0..<3 { #expect(try await transport.send([Support.call]).count == 1) }
            #expect(server.connections == 1)
        }
    }

    @Test("A cancelled request ends at once; the connection stays")
    func cancelled() async throws {
        let gate = Gate()
        try await FaultServer.with(FaultScript().replying(.answer.after(gate), to: 0)) { server in
            let transport = try Support.socket(server)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.received(1)
            sending.cancel()
            await #expect(throws: CancellationError.self) { try await sending.value }
            gate.open()
            #expect(try await transport.send([Support.call]).count == 1)
            #expect(server.connections == 1)
        }
    }

    @Test("Fragments become one message, and a node's ping is answered")
    func fragments() async throws {
        let script = FaultScript().replying(
            Reply([
                .frame(opcode: 1, payload: Array(#"{"jsonrpc":"2.0","#.utf8), isFinal: false),
                .frame(opcode: 9, payload: [1], isFinal: true),
                .frame(opcode: 0, payload: Array(#""id":1,"#.utf8), isFinal: false),
                .frame(opcode: 0, payload: Array(#""result":"0x1"}"#.utf8), isFinal: true),
            ]), to: 0)
        try await FaultServer.with(script) { server in
            let transport = try Support.socket(server)
            #expect(try await transport.send([Support.call])[0].result() == "0x1")
            #expect(try await transport.send([Support.call]).count == 1)
            #expect(server.connections == 1)
        }
    }

    @Test("A silent node is pinged after fifteen seconds; one that does not answer within ten is gone")
    func pings() async throws {
        try await FaultServer.with { server in
            let clock = MockClock()
            let transport = try Support.socket(server, clock: clock)
            _ = try await transport.send([Support.call])
            for expected in [10, 15] {
                let wake = await clock.nextSleeper()
                #expect(wake.offset == .seconds(expected))
                clock.advance(to: wake)
            }
            try await server.pinged(1)
            // The pong comes before the answer to what is asked after the ping.
            _ = try await transport.send([Support.call])
            server.answerPings(false)
            for expected in [25, 30] {
                let wake = await clock.nextSleeper()
                #expect(wake.offset == .seconds(expected))
                clock.advance(to: wake)
            }
            try await server.pinged(2)
            let end = await clock.nextSleeper()
            #expect(end.offset == .seconds(40))
            clock.advance(to: end)
            try await server.connected(0)
            #expect(try await transport.send([Support.call]).count == 1)
        }
    }

    @Test("Closing ends the connection, what is under way and the streams; afterwards nothing is sent")
    func closing() async throws {
        try await FaultServer.with(FaultScript().replying(.hang, toMethod: "eth_call")) { server in
            let transport = try Support.socket(server)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.received(1)
            var events = transport.subscribe(to: .newHeads).makeAsyncIterator()
            guard case .live? = try await events.next() else { throw RPCError(.timeout, "expected a subscription") }
            transport.close()
            let error = await #expect(throws: RPCError.self) { try await sending.value }
            #expect(error?.code == .connectionLost)
            guard case .interrupted? = try await events.next() else { throw RPCError(.timeout, "expected an interruption") }
            #expect(try await events.next() == nil)
            try await server.connected(0)
            let after = try await Support.error(transport)
            #expect(after.code == .unreachable)
            #expect(server.connections == 1)
        }
    }

    @Test("A transport that nobody holds any more closes its connection")
    func released() async throws {
        try await FaultServer.with { server in
            _ = try await Support.socket(server).send([Support.call])
            try await server.connected(0)
        }
    }

    @Test("Headers and path are sent with the wish for a WebSocket")
    func headers() async throws {
        try await FaultServer.with { server in
            let transport = try Support.socket(
                server, path: "/ws/v3?k=1", headers: [("Authorization", SecretText("Bearer x.y.z"))])
            _ = try await transport.send([Support.call])
            #expect(server.upgrades[0].line == "GET /ws/v3?k=1")
            #expect(server.upgrades[0].values(of: "authorization") == ["Bearer x.y.z"])
            #expect(server.upgrades[0].values(of: "host") == ["127.0.0.1:\(server.port)"])
        }
        #expect(throws: RPCError.self) { try WebSocketTransport(label: "own", url: SecretText("http://127.0.0.1")) }
    }
}
