import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
import KeeperCore
import KeeperTestServer
import KeeperTesting
import Synchronization
import TestSupport

@testable import KeeperApp

/// Where a story is played: a world, servers on real sockets, time that only the story moves, and the loop that `run` uses.
final class Stage: Sendable {
    let story: Story
    let world: ChainWorld
    let nodes: [ChainNode]
    let servers: [FaultServer]
    /// Of transports and pool: it passes between the looks for a head, and where the story says so.
    let clock = MockClock()
    let witness = Witness()
    /// Seconds that the keeper's own clock is ahead.
    let skew = Mutex<UInt64>(0)
    private let ticks = Mutex<[KeeperRunner<Poking>.Tick]>([])
    private let done = Mutex(0)

    /// The story ran longer than any story should.
    struct Stuck: Error {}

    /// Unlike any pause that a node asks for, so that it can be told from one.
    static let grace = Duration.milliseconds(1500)
    private static let step = Duration.seconds(12)

    private init(_ story: Story, _ world: ChainWorld, _ nodes: [ChainNode], _ servers: [FaultServer]) {
        self.story = story
        self.world = world
        self.nodes = nodes
        self.servers = servers
    }

    /// Plays a story to its end.
    static func play(_ story: Story) async throws -> Account {
        let world = ChainWorld(history: story.history)
        let nodes = story.nodes.map { ChainNode(world, $0.oddities) }
        var servers: [FaultServer] = []
        for (plan, node) in zip(story.nodes, nodes) {
            servers.append(try await FaultServer.start(plan.faults(FaultScript(node.answers), world)))
        }
        for (plan, server) in zip(story.nodes, servers) where plan.isAbsent { await server.stop() }
        let stage = Stage(story, world, nodes, servers)
        let result = await Result.of { try await stage.play() }
        for server in servers { await server.stop() }
        return try result.get()
    }

    private func play() async throws -> Account {
        // It ends with the story; what it waits for may never come.
        let beside = Task { try await story.meanwhile?(self) }
        defer { beside.cancel() }
        let end: (any Error)? = try await withThrowingTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do { try await self.loop().run() } catch { return error }
                return nil
            }
            group.addTask {
                // Real time: for stories that would never end. Nobody waits for it otherwise.
                try await Task.sleep(for: .seconds(120))
                throw Stuck()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        return account(end)
    }

    var settings: PoolSettings {
        PoolSettings(
            timeout: .seconds(10), attemptTimeout: story.nodes.count > 1 ? .seconds(5) : .seconds(10), grace: Self.grace)
    }

    /// As `Wiring` makes it.
    private func pool() throws -> NodePool {
        let members = try zip(story.nodes, servers).map { plan, server in
            PoolNode(plan.label, BatchSplittingTransport(try transport(plan, server)))
        }
        return NodePool(
            members, chainID: 1337, settings: settings, clock: RPCClock(clock), random: { 0 },
            notify: { [witness] in witness.told($0) })
    }

    private func transport(_ plan: Story.Node, _ server: FaultServer) throws -> any Transport {
        guard plan.isSocket else {
            return try HTTPTransport(
                Endpoint(label: plan.label, url: SecretText(server.url)),
                limits: .init(timeout: settings.attemptTimeout, maximumBytes: story.maximumBytes, clock: RPCClock(clock)))
        }
        var limits = WebSocketTransport.Limits()
        limits.timeout = settings.attemptTimeout
        limits.maximumBytes = story.maximumBytes
        limits.clock = RPCClock(clock)
        return try WebSocketTransport(
            Endpoint(label: plan.label, url: SecretText(server.webSocketURL)), limits: limits, random: SeededRandom(1))
    }

    private func loop() throws -> KeeperLoop<Poking> {
        let pool = try pool()
        let provider = Provider(pool)
        let journal = try story.journal?() ?? Journal()
        let executor = LiveExecutor(
            provider: provider, signer: story.signer, chainID: 1337, policy: story.policy, journal: journal,
            clock: RPCClock(clock))
        return KeeperLoop(
            runner: KeeperRunner(
                Poking(witness: witness), nodes: pool,
                quorum: QuorumCheck(quorum: story.quorum, grace: .zero, clock: RPCClock(clock)),
                executor: executor, journal: journal, logger: witness.logger),
            newestHead: { [witness] everybody in
                do { return try await pool.newestHead(everybody: everybody) } catch {
                    witness.met(error)
                    throw error
                }
            }, provider: provider, executor: executor, common: common, logger: witness.logger,
            time: LoopTime(now: { self.now }, sleep: { _ in try await self.pass() }),
            report: { tick in self.ticks.withLock { $0.append(tick) } })
    }

    /// Unix time of the keeper's own clock, milliseconds: in step with the blocks, however long the waits were.
    private var now: UInt64 { (world.head.timestamp + skew.withLock { $0 }) * 1000 }

    /// The keeper has done all that it wants to do now: the next step, or the end of the story.
    private func pass() async throws {
        let index = done.withLock { done in
            done += 1
            return done - 1
        }
        guard index < story.steps.count else { throw CancellationError() }
        clock.advance(by: Self.step)
        try await story.steps[index](self)
    }

    private var common: KeeperConfiguration {
        KeeperConfiguration(
            name: "test", mode: .primary, clock: .wall, chainID: 1337,
            nodes: NodesConfiguration(endpoints: [], quorum: story.quorum, timeout: 10, attempts: 3, hedges: false, coolDown: 60),
            maxHeadAge: 60, idleInterval: 60, pollMilliseconds: 2000, windowBefore: 120, policy: story.policy,
            minPriorityFeePerGas: .gwei(1), gasLimitMargin: 8, log: LogConfiguration(format: .text, level: .warning))
    }

    private func account(_ end: (any Error)?) -> Account {
        Account(
            ticks: ticks.withLock { $0 }, errors: witness.errors, lines: witness.lines, notices: witness.notices, end: end,
            requests: servers.map { $0.requests }, bytes: servers.map(\.bytesSent), acted: servers.map(\.acted), world: world)
    }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
