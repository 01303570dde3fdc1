import EthCodec
import EthRPC
import EthTransports
import KeeperTestServer
import KeeperTesting
import Synchronization
import Testing

/// Subscriptions over connections that do not last.
@Suite(.timeLimit(.minutes(2)))
struct SubscriptionTests {
    /// The height of the test's chain.
    private final class NewestHead: Sendable {
        let number = Mutex(-1)
    }

    /// An event in few words.
    private static func word(_ event: SubscriptionEvent?) throws -> String {
        switch event {
        case .live?: "live"
        case .notification(let bytes)?: String(decoding: bytes, as: UTF8.self)
        case .interrupted(let error)?: "interrupted: \(error.code)"
        case nil: "end"
        }
    }

    @Test("News reach their subscriber, each topic its own, and stop when the stream is given up")
    func topics() async throws {
        try await FaultServer.with { server in
            let transport = try Support.socket(server)
            var logs = transport.subscribe(to: .logs(of: [])).makeAsyncIterator()
            #expect(try Self.word(try await logs.next()) == "live")
            do {
                var heads = transport.subscribe(to: .newHeads).makeAsyncIterator()
                #expect(try Self.word(try await heads.next()) == "live")
                try await server.subscribed("newHeads")
                try await server.subscribed("logs")
                #expect(await server.publish("newHeads", "0x1") == 1)
                await server.publish("logs", "0x2")
                await server.publish("newHeads", "0x3")
                #expect(try Self.word(try await heads.next()) == #""0x1""#)
                #expect(try Self.word(try await heads.next()) == #""0x3""#)
            }
            try await server.subscribed("newHeads", 0)
            #expect(try Self.word(try await logs.next()) == #""0x2""#)
            #expect(server.requests.flatMap(\.calls).map(\.method) == ["eth_subscribe", "eth_subscribe", "eth_unsubscribe"])
            #expect(server.requests[0].calls[0].params == ["logs", .object([:])])
            #expect(server.connections == 1)
        }
    }

    @Test("News that overtake the confirmation of their subscription are kept for it")
    func early() async throws {
        let reply = Reply([
            .message(FaultServer.notification("0xab", "0x1")), .message(FaultServer.notification("0xab", "0x2")),
            .look { request in
                [.message(Array(#"{"jsonrpc":"2.0","id":\#(request.calls[0].id),"result":"0xab"}"#.utf8))]
            }, .message(FaultServer.notification("0xab", "0x3")),
        ])
        try await FaultServer.with(FaultScript().replying(reply, toMethod: "eth_subscribe")) { server in
            let transport = try Support.socket(server)
            var words: [String] = []
            for try await event in transport.subscribe(to: .newHeads).prefix(4) { words.append(try Self.word(event)) }
            #expect(words == ["live", #""0x1""#, #""0x2""#, #""0x3""#])
        }
    }

    @Test("A node that refuses a subscription ends the stream with its error")
    func refused() async throws {
        let script = FaultScript().replying(.refuse(-32601, "notifications not supported"), toMethod: "eth_subscribe")
        try await FaultServer.with(script) { server in
            let transport = try Support.socket(server)
            var events = transport.subscribe(to: .newHeads).makeAsyncIterator()
            let error = await #expect(throws: RPCError.self) { _ = try await events.next() }
            #expect(error?.code == .node(code: -32601, data: nil) && error?.endpoint == "own")
            #expect(try await transport.send([Support.call]).count == 1)
            #expect(server.connections == 1)
        }
    }

    @Test("A subscriber that falls too far behind gets what was kept, and then an error instead of a hole")
    func behind() async throws {
        try await FaultServer.with { server in
            let transport = try Support.socket(server, backlog: 10)
            let stream = transport.subscribe(to: .newHeads)
            try await server.subscribed("newHeads")
            for number in 0..<20 { await server.publish("newHeads", .integer(number)) }
            try await server.subscribed("newHeads", 0)
            var words: [String] = []
            let error = await #expect(throws: RPCError.self) {
                for try await event in stream { words.append(try Self.word(event)) }
            }
            #expect(error?.code == .tooLarge)
            #expect(words == ["live"] + (0..<9).map(String.init))
        }
    }

    @Test("After a loss the subscription is made anew when the wait is over, with requests failing at once meanwhile")
    func backoff() async throws {
        let refusals = FaultScript().replying(.status(503, headers: [("Retry-After", "7")]), times: 1) {
            $0.kind == .upgrade && $0.index == 1
        }
        try await FaultServer.with(refusals) { server in
            let clock = MockClock()
            let transport = try Support.socket(server, clock: clock, backoff: Backoff())
            var events = transport.subscribe(to: .newHeads).makeAsyncIterator()
            #expect(try Self.word(try await events.next()) == "live")
            #expect(await clock.nextSleeper().offset == .seconds(10))
            try await server.subscribed("newHeads")
            await server.resetWebSockets()
            #expect(try Self.word(try await events.next()) == "interrupted: connectionLost")
            let first = await clock.nextSleeper()
            #expect(first.offset > .zero && first.offset <= .milliseconds(250))
            let error = try await Support.error(transport)
            #expect(error.code == .unreachable && !error.mayHaveBeenProcessed)
            clock.advance(to: first)
            // The server asks for seven seconds now. What is heard of it in between is one interruption.
            #expect(await clock.nextSleeper().offset == first.offset + .seconds(10), "the handshake's own limit")
            let second = await clock.nextSleeper()
            #expect(second.offset == first.offset + .seconds(7))
            clock.advance(to: second)
            #expect(try Self.word(try await events.next()) == "live")
            try await server.subscribed("newHeads")
            await server.publish("newHeads", "0x9")
            #expect(try Self.word(try await events.next()) == #""0x9""#)
            #expect(server.upgrades.count == 3)
        }
    }

    @Test(
        "A thousand heads, and the connection reset a hundred times: every hole is announced, and can be filled to the last head")
    func thousandHeads() async throws {
        let head = NewestHead()
        let node = TestNode { request in .integer(head.number.withLock { $0 }) }
        try await FaultServer.with(FaultScript(node)) { server in
            let transport = try Support.socket(server)
            async let publishing: Void = {
                for number in 0..<1000 {
                    // The first heads after a reset may meet nobody; from the fifth on there is a subscriber who knows it: each of
                    // its lives begins with two requests.
                    if number % 10 == 5 { try await server.received(2 * (number / 10 + 1)) }
                    head.number.withLock { $0 = number }
                    await server.publish("newHeads", .integer(number))
                    if number % 10 == 9 { await server.resetWebSockets() }
                }
            }()
            var seen: [Int] = []
            var (told, filled, lives, interruptions, isLive, isFilled) = (0, 0, 0, 0, false, false)
            for try await event in transport.subscribe(to: .newHeads) {
                switch event {
                case .interrupted:
                    #expect(isLive, "an interruption ends a life")
                    (isLive, interruptions) = (false, interruptions + 1)
                case .live:
                    (isLive, lives) = (true, lives + 1)
                    // If the connection is lost meanwhile, the next life fills the hole; what is told before that has to wait.
                    let newest = try? await transport.send([RPCRequest(method: "eth_blockNumber")])[0].result().uint64
                    isFilled = newest != nil
                    while let newest, (seen.last ?? -1) < Int(newest) {
                        seen.append((seen.last ?? -1) + 1)
                        filled += 1
                    }
                case .notification(let bytes):
                    let number = try #require(Int(String(decoding: bytes, as: UTF8.self)))
                    guard isFilled, number > seen.last ?? -1 else { continue }
                    #expect(number == (seen.last ?? -1) + 1, "no hole without an announcement")
                    seen.append(number)
                    told += 1
                }
                if seen.last == 999, interruptions == 100, isLive { break }
            }
            try await publishing
            #expect(seen == Array(0..<1000))
            #expect(interruptions == 100 && lives == 101)
            // How many are told depends on who is faster.
            #expect(server.connections == 101 && told + filled == 1000)
            print("1,000 heads, \(interruptions) resets: \(told) told, \(filled) filled, \(server.connections) connections")
        }
    }
}
