import EthPrimitives
import EthRPC
import EthTransports
import KeeperCore
import KeeperTestServer
import KeeperTesting
import Synchronization
import TestSupport
import Testing

/// Heads over WebSockets that do not last: subscription, polling in its place, and what was missed filled in by parent hash.
@Suite("Heads over lossy WebSockets", .timeLimit(.minutes(10)))
struct LossyHeads {
    private static let heads = 1000
    private static let drops = 100
    /// As the loop has it while something is in flight.
    private static let reach = 16

    /// Which nodes the pool has, the preferred first.
    struct Setup: Sendable, CustomTestStringConvertible {
        var nodes: [String]
        var seed: UInt64
        var testDescription: String { nodes.joined(separator: " and ") }
    }

    @Test(
        "1,000 heads and 100 drops at the worst moments: every head of the chain once and in order, reorganisations with both branches",
        arguments: [
            Setup(nodes: ["socket"], seed: 1), Setup(nodes: ["socket", "plain"], seed: 2),
            Setup(nodes: ["plain", "socket"], seed: 3),
        ]
    )
    func thousand(_ setup: Setup) async throws {
        let (nodes, seed) = (setup.nodes, setup.seed)
        let node = LossyNode()
        let server = try await FaultServer.start(node.script)
        let heads = try Self.sources(nodes, server)
        let (tips, tip) = AsyncStream.makeStream(of: BlockHash.self)
        let finished = Mutex(false)
        let following = Task {
            var feed = HeadFeed(heads.source, provider: heads.provider)
            var follower = Follower()
            var failures = 0
            while !finished.withLock({ $0 }) || follower.chain.last?.hash != node.chain.withLock({ $0.head })?.hash {
                do {
                    follower.take(try await feed.next(reach: Self.reach))
                    if let hash = follower.chain.last?.hash { tip.yield(hash) }
                } catch is RPCError { failures += 1 }
            }
            tip.finish()
            return (follower, failures)
        }
        try await Self.live(node, server, tips, finished, seed: seed)
        let (follower, failures) = try await following.value
        let chain = node.chain.withLock { $0 }
        #expect(follower.problems.isEmpty, "\(follower.problems.prefix(5))")
        let first = try #require(chain.canonical.firstIndex { $0.hash == follower.chain.first?.hash })
        #expect(first == 0 && follower.chain == chain.canonical && chain.canonical.count >= Self.heads)
        #expect(chain.canonical.allSatisfy { follower.delivered.contains($0.hash) } && follower.jumps == 0)
        #expect(node.dropped == Self.drops)
        #expect(Set(follower.reorganisations.map(\.depth)).isSuperset(of: 1...7))
        let told = server.requests.flatMap(\.calls).count { $0.method == "eth_getBlockByHash" }
        print(
            """
            \(nodes.joined(separator: " and ")): \(chain.canonical.count) heads, \(follower.delivered.count) with abandoned branches, \
            \(node.dropped) drops (\(node.summary)), \(server.upgrades.count) connections, \(told) headers filled in, \
            \(failures) failures told, \(follower.reorganisations.count) reorganisations told of \(chain.depths.count), \
            depths \(Set(follower.reorganisations.map(\.depth)).sorted())
            """)
        heads.stop()
        await server.stop()
    }

    /// The life of the node: it grows, drops connections, and waits now and then until the follower has caught up.
    private static func live(
        _ node: LossyNode, _ server: FaultServer, _ tips: AsyncStream<BlockHash>, _ finished: borrowing Mutex<Bool>, seed: UInt64
    ) async throws {
        var random = SeededRandom(seed)
        var tips = tips.makeAsyncIterator()
        func catchUp() async {
            let head = node.chain.withLock { $0.head?.hash }
            while let tip = await tips.next(isolation: #isolation), tip != head {}
        }
        await node.announce(node.chain.withLock { $0.extend() }, onlyLast: false, to: server)
        await catchUp()
        var unheard = 0
        while node.chain.withLock({ $0.canonical.count }) < heads || node.dropped < drops {
            let grown = node.grow(using: &random)
            await node.announce(grown, onlyLast: Bool.random(using: &random), to: server)
            unheard += grown.count
            let due = node.chain.withLock { $0.canonical.count } * drops / heads
            if node.dropped < min(due, drops - 1) || node.dropped < due && due == drops {
                let moments = LossyNode.Moment.allCases.filter { node.dropped < drops - 1 || !$0.countsTwice }
                guard let moment = moments.randomElement(using: &random) else { continue }
                try await node.drop(moment, of: server, using: &random)
                unheard += 3
            }
            // The reach of the feed is 16: it must not fall further behind.
            if unheard > 4 || Bool.random(using: &random) {
                await catchUp()
                unheard = 0
            }
        }
        finished.withLock { $0 = true }
        await node.announce(node.chain.withLock { $0.extend() }, onlyLast: false, to: server)
    }

    private struct Sources {
        var source: FallbackHeads
        var provider: Provider
        var socket: WebSocketTransport
        var never: MockClock

        func stop() { socket.close() }
    }

    /// A subscription over a WebSocket with polling in its place, and the pool that fills; pauses pass a hundred times as fast.
    private static func sources(_ nodes: [String], _ server: FaultServer) throws -> Sources {
        let clock = RPCClock(FastClock())
        // In the world's time these are seconds: a machine under load must not make them faults of their own.
        let patience = Duration.seconds(1000)
        var limits = WebSocketTransport.Limits()
        limits.timeout = patience
        limits.pingInterval = patience
        limits.clock = clock
        let socket = try WebSocketTransport(
            Endpoint(label: "socket", url: SecretText(server.webSocketURL)), limits: limits, random: SeededRandom(5))
        let plain = try HTTPTransport(
            Endpoint(label: "plain", url: SecretText(server.url)), limits: .init(timeout: patience, clock: clock))
        let members = nodes.map { PoolNode($0, $0 == "socket" ? socket as any Transport : plain) }
        let pool = NodePool(
            members, chainID: 1337, settings: PoolSettings(timeout: patience, attemptTimeout: patience, attempts: 1), clock: clock
        )
        let polled = PollingHeads(
            poll: { _ in try await pool.newestHead() }, wait: { _ in try await clock.sleep(until: clock.now + .seconds(2)) })
        let never = MockClock()
        let source = FallbackHeads(SubscribedHeads(socket), else: polled, silence: .seconds(25), clock: clock) {
            try? await never.sleep(until: .init(offset: .seconds(1)))
        }
        return Sources(source: source, provider: Provider(pool), socket: socket, never: never)
    }

    @Test("A lost subscription is made anew when its pause is over by the clock that was given, and not before")
    func pause() async throws {
        try await FaultServer.with(LossyNode().script) { server in
            let clock = MockClock()
            var limits = WebSocketTransport.Limits()
            limits.clock = RPCClock(clock)
            let socket = try WebSocketTransport(
                Endpoint(label: "socket", url: SecretText(server.webSocketURL)), limits: limits, random: SeededRandom(5))
            let never = MockClock()
            let silent = PollingHeads(
                poll: { _ in
                    try await never.sleep(until: .init(offset: .seconds(1)))
                    throw CancellationError()
                }, wait: { _ in })
            let source = FallbackHeads(
                SubscribedHeads(socket), else: silent, silence: .seconds(1000), pause: .seconds(2), clock: RPCClock(clock)
            ) { try? await never.sleep(until: .init(offset: .seconds(1))) }
            let reading = Task { for try await _ in source.heads() {} }
            // The polling looks after the subscription once; then it has a question that is never answered.
            while await clock.nextSleeper().offset != .seconds(2) {}
            for connection in 1...5 {
                try await server.upgraded(connection)
                try await server.subscribed("newHeads")
                await server.resetWebSockets()
                try await server.subscribed("newHeads", 0)
                while await clock.nextSleeper().offset != clock.now.offset + .seconds(2) {}
                #expect(server.upgrades.count == connection, "the pause is not over")
                clock.advance(by: .seconds(2))
            }
            reading.cancel()
        }
    }
}

extension LossyNode.Moment {
    /// Whether the connection after it is dropped too.
    var countsTwice: Bool { self == .beforeFirstHead || self == .insteadOfSubscribing }
}

extension LossyNode {
    /// Drops by moment, in words.
    var summary: String {
        drops.withLock { drops in Moment.allCases.map { "\(drops[$0] ?? 0) \($0)" }.joined(separator: ", ") }
    }
}
