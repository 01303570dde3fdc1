import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperTesting
import KeeperTransactions
import Synchronization
import Testing

@testable import KeeperApp
@testable import KeeperCore
@testable import Poker

/// A day of the poker with the configuration of the example, through the loop, the pool and the quorum that `run` uses.
@Suite("A poker's day")
struct PokerDayTests {
    /// Calls over the wire that a day may cost, a batch being one.
    private static let budget: UInt64 = 12_000

    /// The example's configuration, its nodes named without their addresses. This world answers calls and has no code to execute.
    private static func wiring() throws -> Wiring<Poker> {
        let example = Project.root.appending(path: "keepers/poker/poker.example.yaml")
        let text = try String(contentsOf: example, encoding: .utf8)
            .replacing("${GETH_URL}", with: "http://own").replacing("level: info", with: "level: warning")
            .replacing("simulation: own", with: "simulation: node")
        let file = try Project.temporaryFolder().appending(path: "poker.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try Wiring<Poker>(ConfigLoader(path: file.path, readsNodeVariables: false))
    }

    /// The manager over a store that was adopted long ago, the key behind the poker's policy.
    private static func manager(
        _ wiring: Wiring<Poker>, _ keeper: PokerKeeper, _ pool: NodePool, _ clock: RPCClock
    ) throws -> TransactionManager {
        let signer = wiring.policed(LocalSigner(try PrivateKey([UInt8](repeating: 7, count: 32))), for: keeper)
        let store = MemoryStore()
        try store.append(
            [.adopted(nonce: 0, block: 0)], of: StoreAccount(chainID: 1, address: signer.address), journal: [])
        return try TransactionManager(
            wiring.machine(of: signer.address), nodes: pool, signer: signer, store: store, clock: clock)
    }

    @Test("costs at most 12,000 RPC calls, and pokes every hour", arguments: ["backup", "primary"])
    func day(mode: String) async throws {
        let wiring = try Self.wiring()
        var common = wiring.common
        common.mode = mode == "backup" ? .backup : .primary
        #expect(common.nodes.endpoints.count == 2 && common.nodes.quorum == 2 && common.slots != nil)
        let start = SimulatedMainnet.base + SimulatedMainnet.firstSlot * SimulatedMainnet.slotLength
        let world = SimulatedMainnet(at: start)
        let end = (start + 86_400) * 1000
        let meter = RPCMeter()
        let nodes = common.nodes.endpoints.map { endpoint in
            PoolNode(endpoint.name, Instrumented(world.transport(), endpoint: endpoint.name, meter: meter))
        }
        let pool = NodePool(
            nodes, chainID: 1, settings: common.nodes.settings, clock: RPCClock(SimulatedClock(world)), random: { 0 })
        let provider = Provider(pool)
        let head = try await wiring.firstHead(pool)
        let keeper = try await wiring.keeper(sender: nil, at: head, through: provider)
        var rules = keeper.rules
        rules.isBackup = common.mode == .backup
        let journal = Journal()
        let manager = try Self.manager(wiring, keeper, pool, RPCClock(SimulatedClock(world)))
        let executor = ManagedExecutor(manager)
        let loop = KeeperLoop(
            runner: KeeperRunner(
                PokerKeeper(name: keeper.name, rules: rules, targets: keeper.targets, sender: keeper.sender), nodes: pool,
                quorum: wiring.quorum, executor: executor, journal: journal, logger: wiring.logger),
            newestHead: { try await pool.newestHead(everybody: $0) }, provider: provider, executor: executor, common: common,
            logger: wiring.logger,
            time: LoopTime(
                now: { world.state.withLock { $0.now } },
                sleep: { milliseconds in
                    let now = world.state.withLock { state in
                        state.now += milliseconds
                        return state.now
                    }
                    if now >= end { throw CancellationError() }
                }),
            report: { tick in
                #expect(!tick.outcomes.contains { if case .refused = $0 { true } else { false } }, "\(tick.outcomes)")
                if let verdict = tick.verdict { #expect(verdict.agreed == ["own-geth", "hosted"]) }
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await manager.run() }
            try await loop.run()
            manager.drain()
            try await group.waitForAll()
        }
        let settled = manager.status.state.settled
        #expect(settled.allSatisfy { if case .minedWithEffect = $0.outcome { true } else { false } }, "\(settled)")
        let mined = world.state.withLock { $0.mined.map { SimulatedMainnet.base + $0.slot * SimulatedMainnet.slotLength } }
        let lateness = mined.map { $0 % 3600 }
        // A backup waits five minutes, and the last hour has not that many.
        // The last one may not be final yet.
        #expect(settled.count + manager.status.state.bindings.count == mined.count && settled.count + 1 >= mined.count)
        #expect(mined.count == (mode == "backup" ? 23 : 24), "one transaction an hour")
        #expect(lateness.allSatisfy { mode == "backup" ? $0 >= 300 && $0 < 360 : $0 < 60 }, "\(lateness)")
        let metrics = meter.metrics
        print(
            "poker's day, \(mode): \(metrics.exchanges) calls over the wire (at most \(Self.budget)), "
                + "\(metrics.requests) requests in them, \(metrics.errors) errors")
        #expect(metrics.exchanges <= Self.budget && metrics.exchanges > 3_000 && metrics.errors == 0)
    }
}
