import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Heads from sources", .timeLimit(.minutes(5)))
struct HeadFeedTests {
    private static let heads = PoolFixture.chain(1...60)

    /// Names heads one after the other; where the script says so, fails.
    private final class Script: Sendable {
        let left: Mutex<[Result<BlockHeader, RPCError>]>
        let waits = Mutex(0)
        init(_ items: [Result<BlockHeader, RPCError>]) { left = Mutex(items) }

        var polling: PollingHeads {
            PollingHeads(
                poll: { _ in
                    guard let item = self.left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                        throw CancellationError()
                    }
                    return try item.get()
                }, wait: { _ in self.waits.withLock { $0 += 1 } })
        }
    }

    private static func numbers(_ numbers: Int...) -> [Result<BlockHeader, RPCError>] { numbers.map { .success(heads[$0 - 1]) } }

    @Test("polling gives each new hash once and waits where a poll brings none")
    func polling() async throws {
        let script = Script(Self.numbers(1, 1, 2, 2, 2, 1))
        var given: [UInt64] = []
        var stream = script.polling.heads().makeAsyncIterator()
        for _ in 0..<3 { given.append(try await stream.next()?.number ?? 0) }
        #expect(given == [1, 2, 1] && script.waits.withLock { $0 } == 3)
    }

    @Test("the feed gives each head once and in order, however they come, and fills what was missed")
    func feed() async throws {
        let node = ScriptedTransport { request in
            let hash = request.params.first?.string
            return Self.heads.first { $0.hash.description == hash }.map(PoolFixture.json) ?? .null
        }
        var feed = HeadFeed(Script(Self.numbers(1, 2, 1, 2, 5, 4, 5, 6)).polling, provider: Provider(node))
        var given: [HeadFeed.News] = []
        for _ in 0..<6 { given.append(try await feed.next(reach: 8)) }
        #expect(given.map(\.head.number) == [1, 2, 3, 4, 5, 6])
        #expect(given.map(\.isNewest) == [true, true, false, false, true, true])
        #expect(node.requests.map(\.method) == ["eth_getBlockByHash", "eth_getBlockByHash"])
        await #expect(throws: CancellationError.self) { try await feed.next() }
    }

    @Test("after a failure it goes on, and gives nothing twice")
    func failure() async throws {
        let script = Script(Self.numbers(1) + [.failure(RPCError(.timeout, "slow"))] + Self.numbers(1, 2))
        var feed = HeadFeed(script.polling, provider: Provider(ScriptedTransport()))
        #expect(try await feed.next().head.number == 1)
        do {
            _ = try await feed.next()
            Issue.record("expected the failure")
        } catch let error as RPCError { #expect(error.code == .timeout) }
        #expect(try await feed.next().head.number == 2)
    }

    @Test("a gap that is not filled is told, and so is a reorganisation")
    func news() async throws {
        let fork = PoolFixture.chain(5...6, "b", on: Self.heads[3].hash)
        let script = Script(Self.numbers(1, 4, 5) + [.success(fork[0])])
        var feed = HeadFeed(script.polling, provider: Provider(ScriptedTransport()))
        _ = try await feed.next()
        #expect(try await feed.next().jumpedFrom == Self.heads[0])
        _ = try await feed.next()
        let news = try await feed.next()
        #expect(
            news.head == fork[0] && news.reorganisations.map(\.depth) == [1]
                && news.reorganisations[0].abandoned == [Self.heads[4]])
    }

    @Test("a node that does not know a parent: a jump, no failure")
    func unknownParent() async throws {
        let node = ScriptedTransport { _ in .null }
        var feed = HeadFeed(Script(Self.numbers(1, 3)).polling, provider: Provider(node))
        _ = try await feed.next(reach: 4)
        let news = try await feed.next(reach: 4)
        #expect(news.head.number == 3 && news.jumpedFrom?.number == 1)
    }

    @Test("while no node can be reached a missed head is no hole: it is asked for again, and not for ever")
    func unreachable() async throws {
        let node = ScriptedTransport { request in
            let hash = request.params.first?.string
            return Self.heads.first { $0.hash.description == hash }.map(PoolFixture.json) ?? .null
        }
        var feed = HeadFeed(Script(Self.numbers(1, 4, 9, 10)).polling, provider: Provider(node))
        _ = try await feed.next(reach: 8)
        for code in [.connectionLost, .timeout, .rateLimited(retryAfter: nil)] as [RPCError.Code] {
            node.failNext(RPCError(code, "broken"))
            let error = await #expect(throws: RPCError.self) { _ = try await feed.next(reach: 8) }
            #expect(error?.code == code)
        }
        for number in 2...4 as ClosedRange<UInt64> {
            let news = try await feed.next(reach: 8)
            #expect(news.head.number == number && news.jumpedFrom == nil)
        }
        for _ in 0..<5 { node.failNext(RPCError(.connectionLost, "broken")) }
        for _ in 0..<4 { await #expect(throws: RPCError.self) { _ = try await feed.next(reach: 8) } }
        let news = try await feed.next(reach: 8)
        #expect(news.head.number == 9 && news.jumpedFrom?.number == 4, "the fifth failure counts as an answer")
        node.failNext(RPCError(.node(code: -32000, data: nil), "header not found"))
        #expect(try await feed.next(reach: 8).head.number == 10)
    }

    @Test("a lossy, repeating, forking source of a thousand heads: every head once and in order")
    func thousand() async throws {
        var blocks = PoolFixture.chain(1...1000)
        // Every hundredth head is first seen on a branch that is then abandoned.
        let forks = stride(from: 100, through: 900, by: 100).map { number in
            PoolFixture.chain(UInt64(number)...UInt64(number), "fork", on: blocks[number - 2].hash)[0]
        }
        var items: [Result<BlockHeader, RPCError>] = []
        for (index, block) in blocks.enumerated() {
            if let fork = forks.first(where: { $0.number == block.number }) { items.append(.success(fork)) }
            if index % 10 == 9 { items.append(.failure(RPCError(.connectionLost, "the connection broke"))) }
            if index % 7 != 3 || index == 999 { items.append(.success(block)) }  // every seventh is lost
            if index % 13 == 0, index > 2 { items.append(.success(blocks[index - 2])) }
        }
        blocks += forks
        let known = Dictionary(uniqueKeysWithValues: blocks.map { ($0.hash.description, $0) })
        let node = ScriptedTransport { request in known[request.params.first?.string ?? ""].map(PoolFixture.json) ?? .null }
        var feed = HeadFeed(Script(items).polling, provider: Provider(node))
        var given: [BlockHeader] = []
        var depths: [Int] = []
        var failures = 0
        while given.last?.number != 1000 {
            do {
                let news = try await feed.next(reach: 16)
                given.append(news.head)
                depths += news.reorganisations.map(\.depth)
            } catch is RPCError { failures += 1 }
        }
        let main = given.filter { head in !forks.contains(head) }
        #expect(main == Array(blocks[..<1000]) && Set(given.map(\.hash)).count == given.count)
        #expect(given.count == 1009 && depths == Array(repeating: 1, count: 9) && failures == 100)
    }
}

@Suite("Pushed heads with polling as fallback", .timeLimit(.minutes(5)))
struct FallbackHeadsTests {
    private static let heads = PoolFixture.chain(1...60)

    /// Heads that the test pushes; it may break.
    private final class Pushing: HeadSubscribing {
        private let state = Mutex<[AsyncThrowingStream<BlockHeader, any Error>.Continuation]>([])

        func heads() -> AsyncThrowingStream<BlockHeader, any Error> {
            let (stream, continuation) = AsyncThrowingStream<BlockHeader, any Error>.makeStream()
            state.withLock { $0.append(continuation) }
            return stream
        }

        var subscriptions: Int { state.withLock { $0.count } }
        func push(_ head: BlockHeader) { state.withLock { _ = $0.last?.yield(head) } }
        func fail() { state.withLock { $0.last?.finish(throwing: RPCError(.connectionLost, "the connection broke")) } }
    }

    /// Each poll brings the next head, five times; then it waits for ever.
    private final class Polled: Sendable {
        let next = Mutex(10)
        let never = MockClock()
        var heads: PollingHeads {
            PollingHeads(
                poll: { _ in
                    let number = self.next.withLock { number in
                        number = min(number + 1, 15)
                        return number
                    }
                    return FallbackHeadsTests.heads[number - 1]
                }, wait: { _ in try await self.never.sleep(until: .init(offset: .seconds(1))) })
        }
        var count: Int { next.withLock { $0 } - 10 }
    }

    private let pushing = Pushing()
    private let polled = Polled()
    private let clock = MockClock()

    private func stream() -> AsyncThrowingStream<BlockHeader, any Error> {
        let never = MockClock()
        return FallbackHeads(
            pushing, else: polled.heads, silence: .seconds(25), pause: .seconds(2), clock: RPCClock(clock),
            untilStopped: { try? await never.sleep(until: .init(offset: .seconds(1))) }
        ).heads()
    }

    @Test("while heads are pushed nothing is polled")
    func pushed() async throws {
        var heads = stream().makeAsyncIterator()
        while pushing.subscriptions == 0 { await Task.yield() }
        for number in 1...5 {
            pushing.push(Self.heads[number - 1])
            #expect(try await heads.next()?.number == UInt64(number))
            clock.advance(by: .seconds(12))
        }
        #expect(polled.count == 0)
    }

    @Test("a subscription that falls silent is stood in for, until it speaks again")
    func silent() async throws {
        var heads = stream().makeAsyncIterator()
        while pushing.subscriptions == 0 { await Task.yield() }
        pushing.push(Self.heads[0])
        #expect(try await heads.next()?.number == 1)
        while clock.now.offset < .seconds(25) {
            _ = await clock.nextSleeper()
            clock.advance(by: .seconds(2))
        }
        #expect(try await heads.next()?.number == 11)
        #expect(try await heads.next()?.number == 12)
        pushing.push(Self.heads[1])
        var number = try await heads.next()?.number
        while number != 2 { number = try await heads.next()?.number }
    }

    @Test("a subscription that breaks is stood in for at once, and made anew")
    func broken() async throws {
        var heads = stream().makeAsyncIterator()
        while pushing.subscriptions == 0 { await Task.yield() }
        pushing.fail()
        while clock.now.offset < .seconds(2) {
            _ = await clock.nextSleeper()
            clock.advance(by: .seconds(1))
        }
        #expect(try await heads.next()?.number == 11)
        while pushing.subscriptions < 2 {
            clock.advance(by: .seconds(1))
            await Task.yield()
        }
        pushing.push(Self.heads[20])
        var number = try await heads.next()?.number
        while number != 21 { number = try await heads.next()?.number }
    }

    @Test("when no more heads are wanted the stream ends")
    func stopped() async throws {
        var heads = FallbackHeads(
            pushing, else: polled.heads, silence: .seconds(25), clock: RPCClock(clock), untilStopped: {}
        ).heads().makeAsyncIterator()
        var head = try await heads.next()
        while head != nil { head = try await heads.next() }
    }
}
