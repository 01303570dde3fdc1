import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
import Foundation
import KeeperStore
import KeeperTestServer
import KeeperTesting
import KeeperTransactions
import Synchronization
import TestSupport

@testable import KeeperApp
@testable import KeeperCore

/// Where a story is played: a world, servers on real sockets, a store in a file, time that only the story moves, and the loop and the
/// transaction manager that `run` uses.
final class Stage: Sendable {
    let story: Story
    let world: ChainWorld
    let nodes: [ChainNode]
    let servers: [FaultServer]
    private let remote: FaultServer?
    /// Of transports and pool: it passes between the looks for a head, and where the story says so.
    let clock = MockClock()
    let witness = Witness()
    /// Seconds that the keeper's own clock is ahead.
    let skew = Mutex<UInt64>(0)
    private let ticks = Mutex<[KeeperRunner<Poking>.Tick]>([])
    private let marks = Mutex<[[Int]]>([])
    private let meter = RPCMeter()
    private let folder: URL

    /// The story ran longer than any story should.
    struct Stuck: Error {}

    /// Unlike any pause that a node asks for, so that it can be told from one.
    static let grace = Duration.milliseconds(1500)
    private static let step = Duration.seconds(12)

    private init(
        _ story: Story, _ world: ChainWorld, _ nodes: [ChainNode], _ servers: [FaultServer], _ remote: FaultServer?
    ) throws {
        self.story = story
        self.world = world
        self.nodes = nodes
        self.servers = servers
        self.remote = remote
        folder = FileManager.default.temporaryDirectory.appending(path: "story-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    /// Plays a story to its end.
    static func play(_ story: Story) async throws -> Account {
        let world = ChainWorld(finality: story.finality)
        let nodes = story.nodes.map { ChainNode(world, $0.oddities) }
        var servers: [FaultServer] = []
        for (plan, node) in zip(story.nodes, nodes) {
            servers.append(try await FaultServer.start(plan.faults(FaultScript(node.answers), world)))
        }
        for (plan, server) in zip(story.nodes, servers) where plan.isAbsent { await server.stop() }
        let remote: FaultServer? =
            if let script = story.remoteSigner { try await FaultServer.start(script, tls: TLSFiles.server()) } else { nil }
        let stage = try Stage(story, world, nodes, servers, remote)
        let result = await Result.of { try await stage.play() }
        for server in servers + [remote].compactMap(\.self) { await server.stop() }
        // Somebody may still wait on the stage for what never comes. What cannot be removed is left for the system to clear.
        try? FileManager.default.removeItem(at: stage.folder)  // see above
        return try result.get()
    }

    private func play() async throws -> Account {
        // It ends with the story; what it waits for may never come.
        let beside = Task { try await story.meanwhile?(self) }
        defer { beside.cancel() }
        let parts: Parts
        do { parts = try self.parts() } catch { return try account(error, nil) }
        let end: (any Error)? = try await withThrowingTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do { try await parts.run() } catch { return error }
                return nil
            }
            group.addTask {
                // Real time: for stories that would never end. Nobody waits for it otherwise.
                try await Task.sleep(for: .seconds(30))
                throw Stuck()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        return try account(end, parts)
    }

    /// What `run` puts together.
    private struct Parts: Sendable {
        var store: SQLiteStore
        var manager: TransactionManager
        var loop: KeeperLoop<Poking>

        /// The manager beside the loop, until there are no more heads and nothing is under way; or to the error of either.
        func run() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await manager.run() }
                group.addTask {
                    try await loop.run()
                    manager.drain()
                }
                // The error of one ends the other.
                while try await group.next() != nil {}
            }
        }
    }

    private func parts() throws -> Parts {
        let pool = try pool()
        let signer: any Signer = if let remote { try signer(remote) } else { try story.signer() }
        let store = try story.store(path("store.sqlite"))
        let configuration = MachineConfiguration(
            chainID: 1337, account: signer.address, policy: story.transactionPolicy,
            fees: FeeStrategy(tipFloor: .gwei(1)))
        if story.isAdopted {
            try store.append(
                [.adopted(nonce: ChainWorld.firstNonce, block: 0)], of: StoreAccount(chainID: 1337, address: signer.address),
                journal: [])
        }
        let selector = Selector([0x18, 0x17, 0x83, 0x58])
        let policed = PolicySigner(
            signer, SigningPolicy(configuration, contracts: [ChainWorld.contract: Set([selector].compactMap(\.self))]))
        let manager = try TransactionManager(
            configuration, nodes: pool, signer: policed, store: story.disk(store), clock: RPCClock(clock),
            notify: { [witness] in witness.told($0) })
        let loop = loop(pool, manager, try story.journal(folder.path))
        return Parts(store: store, manager: manager, loop: loop)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    var settings: PoolSettings {
        PoolSettings(
            timeout: .seconds(10), attemptTimeout: story.nodes.count > 1 ? .seconds(5) : .seconds(10), grace: Self.grace)
    }

    /// As `Wiring` makes it.
    private func pool() throws -> NodePool {
        let recording = try CassetteWriter(path: path("cassette.ndjson"), chainID: 1337)
        let members = try zip(story.nodes, servers).map { plan, server in
            let transport = RecordingTransport(try transport(plan, server), to: recording)
            return PoolNode(
                plan.label, Instrumented(BatchSplittingTransport(transport), endpoint: plan.label, meter: meter))
        }
        return NodePool(
            members, chainID: 1337, settings: settings, clock: RPCClock(clock), random: { 0 },
            notify: { [witness] in witness.told($0) })
    }

    private func transport(_ plan: Story.Node, _ server: FaultServer) throws -> any Transport {
        guard plan.isSocket else {
            return try HTTPTransport(
                endpoint(plan, server.url),
                limits: .init(timeout: settings.attemptTimeout, maximumBytes: story.maximumBytes, clock: RPCClock(clock)))
        }
        var limits = WebSocketTransport.Limits()
        limits.timeout = settings.attemptTimeout
        limits.maximumBytes = story.maximumBytes
        limits.clock = RPCClock(clock)
        return try WebSocketTransport(
            endpoint(plan, server.webSocketURL), limits: limits, random: SeededRandom(1))
    }

    private func signer(_ server: FaultServer) throws -> RemoteSigner {
        let endpoint = try Endpoint(
            label: "signer", url: SecretText("\(server.url)/\(Canaries.path)?key=\(Canaries.query)"),
            bearer: SecretText(Canaries.bearer), tls: TLSFiles.client())
        return RemoteSigner(
            address: Story.key.address, transport: try HTTPTransport(endpoint, limits: .init(clock: RPCClock(clock))))
    }

    /// Tokens in the path, in the query, and in a header.
    private func endpoint(_ plan: Story.Node, _ url: String) throws -> Endpoint {
        try Endpoint(
            label: plan.label, url: SecretText("\(url)/v3/\(Canaries.path)?key=\(Canaries.query)"),
            bearer: SecretText(Canaries.bearer))
    }

    private func loop(_ pool: NodePool, _ manager: TransactionManager, _ journal: Journal) -> KeeperLoop<Poking> {
        let executor = ManagedExecutor(manager)
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
            }, provider: Provider(pool), executor: executor, common: common, logger: witness.logger,
            time: LoopTime(now: { self.now }, sleep: { _ in try await self.pass() }),
            report: { tick in self.ticks.withLock { $0.append(tick) } })
    }

    /// Unix time of the keeper's own clock, milliseconds: in step with the blocks, however long the waits were.
    private var now: UInt64 { (world.head.timestamp + skew.withLock { $0 }) * 1000 }

    /// The keeper has done all that it wants to do now: the next step, or the end of the story.
    private func pass() async throws {
        // The manager has ended.
        try Task.checkCancellation()
        let counts = servers.map(\.requestCount)
        let index = marks.withLock { marks in
            marks.append(counts)
            return marks.count - 1
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

    private func account(_ end: (any Error)?, _ parts: Parts?) throws -> Account {
        let owner = StoreAccount(chainID: 1337, address: Story.key.address)
        let state = try MachineState(replaying: try parts?.store.records(of: owner) ?? [])
        return Account(
            ticks: ticks.withLock { $0 }, errors: witness.errors, lines: witness.lines, notices: witness.notices,
            news: witness.news, end: end, requests: servers.map { $0.requests }, bytes: servers.map(\.bytesSent),
            acted: servers.map(\.acted), marks: marks.withLock { $0 }, state: state, outputs: try outputs(end, parts),
            world: world)
    }

    /// Everything that left the keeper: what it said, what it threw, what it kept, what it recorded, what it counted.
    private func outputs(_ end: (any Error)?, _ parts: Parts?) throws -> [Output] {
        var outputs = witness.allLines.map { Output("log line", $0) }
        outputs += (witness.errors + [end].compactMap(\.self)).map { Output("error", of: $0) }
        outputs += witness.notices.map { Output("notice", of: $0) } + witness.news.map { Output("news", of: $0) }
        outputs += ticks.withLock { $0 }.map { Output("tick", of: $0) }
        outputs += try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            Output(name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
        }
        outputs.append(Output("metrics", of: meter.metrics))
        if let parts {
            outputs += try parts.store.journalLines().map { Output("line of the store's journal", $0) }
            outputs += [
                Output("manager", "\(parts.manager)" + String(reflecting: parts.manager.status)),
                Output("signer", of: parts.manager.signer), Output("configuration", of: parts.loop.common),
            ]
        }
        return outputs
    }
}

extension Story {
    var transactionPolicy: TransactionPolicy {
        var copy = TransactionPolicy(
            maxFeePerGas: policy.maxFeePerGas, maxGasLimit: policy.maxGasLimit,
            maxSpendPerTransaction: policy.maxSpendPerTransaction, maxSpendPerDay: policy.maxSpendPerDay)
        copy.bumpAfterBlocks = policy.bumpAfterBlocks
        copy.adoptionQuietBlocks = 3
        return copy
    }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
