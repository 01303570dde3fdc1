import EthCodec
import EthRPC
import EthTransports
import KeeperTestServer
import KeeperTesting
import Testing

/// Silence and slowness, on a clock that the test sets.
@Suite(.timeLimit(.minutes(2)))
struct HTTPTimeTests {
    @Test(
        "A server that stalls costs exactly the timeout, and its connection is closed",
        arguments: [("before the headers", Reply.hang, 0), ("after acting", .actThenHang, 1), ("in the body", .stallInBody, 1)])
    func stall(_ place: String, _ reply: Reply, _ acted: Int) async throws {
        try await FaultServer.with(FaultScript().replying(reply, to: 0)) { server in
            let clock = MockClock()
            let transport = try Support.http(server, clock: clock)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.received(1)
            try await server.acted(acted)
            let deadline = await clock.nextSleeper()
            #expect(deadline.offset == .seconds(10))
            clock.advance(to: deadline)
            let error = await #expect(throws: RPCError.self) { try await sending.value }
            #expect(error?.code == .timeout && error?.mayHaveBeenProcessed == true && error?.method == "eth_call")
            #expect(server.acted.count == acted)
            try await server.connected(0)
            #expect(try await transport.send([Support.call]).count == 1)
        }
    }

    @Test("A slow body is read to its end while there is time, and not afterwards")
    func dripping() async throws {
        let gates = [Gate(), Gate()]
        let script = FaultScript().replying(.dripping(gates[0]), to: 0).replying(.dripping(gates[1]), to: 1)
        try await FaultServer.with(script) { server in
            let clock = MockClock()
            let transport = try Support.http(server, clock: clock)
            let slow = Task { try await transport.send([Support.call]) }
            for byte in 1...20 {
                try await gates[0].reached(times: byte)
                gates[0].admit()
            }
            clock.advance(by: .seconds(9))
            gates[0].open()
            #expect(try await slow.value[0].result() == ["eth_call", "0x01"])

            let tooSlow = Task { try await transport.send([Support.call]) }
            try await gates[1].reached()
            gates[1].admit(5)
            _ = await clock.nextSleeper()
            let deadline = await clock.nextSleeper()
            clock.advance(to: deadline)
            #expect(deadline.offset == .seconds(19))
            let error = await #expect(throws: RPCError.self) { try await tooSlow.value }
            #expect(error?.code == .timeout)
            try await server.connected(0)
        }
    }

    @Test("An operation of several attempts has one limit above theirs")
    func operation() async throws {
        try await FaultServer.with(FaultScript().replying(.hang) { $0.index > 0 }) { server in
            let clock = MockClock()
            let parts = BatchSplittingTransport(try Support.http(server), limit: 2)
            let transport = TimeLimitedTransport(parts, limit: .seconds(15), clock: RPCClock(clock))
            let sending = Task { try await transport.send(Support.batch) }
            try await server.received(2)
            let deadline = await clock.nextSleeper()
            #expect(deadline.offset == .seconds(15))
            clock.advance(to: deadline)
            let error = await #expect(throws: RPCError.self) { try await sending.value }
            #expect(error?.code == .timeout)
            try await server.connected(0)
        }
    }

    @Test("A cancelled request ends at once and closes its connection")
    func cancellation() async throws {
        try await FaultServer.with(FaultScript().replying(.hang, to: 0)) { server in
            let transport = try Support.http(server)
            let sending = Task { try await transport.send([Support.call]) }
            try await server.received(1)
            sending.cancel()
            await #expect(throws: CancellationError.self) { try await sending.value }
            try await server.connected(0)
        }
    }
}
