import EthPrimitives
import EthRPC
import KeeperAlerts
import KeeperCore
import KeeperOps
import KeeperTransactions
import Synchronization

/// Watches a running keeper: its loop, its manager and its nodes tell it what happens; probes, metrics, alerts and `status` ask it.
final class KeeperMonitor: Sendable {
    let identity: KeeperIdentity
    let metrics: KeeperMetrics
    let common: KeeperConfiguration
    let desk: AlertDesk
    private let time: LoopTime
    private let state: Mutex<MonitorState>
    /// Set when the keeper is put together; before, there is nothing to be asked.
    private let shared = Mutex<Parts?>(nil)

    /// What can be asked beside what was told.
    struct Parts: Sendable {
        var nodes: NodePool
        var manager: TransactionManager
        var meter: RPCMeter
    }

    /// Without a sign of life for so many seconds the loop is taken for dead: longer than any wait of its own.
    private static let patience: UInt64 = 300

    init(
        _ identity: KeeperIdentity, _ common: KeeperConfiguration, _ metrics: KeeperMetrics, _ desk: AlertDesk,
        time: LoopTime = .wall
    ) {
        (self.identity, self.common, self.metrics, self.desk, self.time) = (identity, common, metrics, desk, time)
        let wall = time.now() / 1000
        state = Mutex(MonitorState(now: common.clock == .wall ? wall : 0, wall: wall, isBackup: common.mode == .backup))
        announce()
    }

    var parts: Parts? { shared.withLock { $0 } }
    /// Unix seconds, by the wall.
    var wall: UInt64 { time.now() / 1000 }

    /// Unix seconds of the keeper's clock: by chain time it stands still between heads.
    private func now(_ head: BlockHeader?) -> UInt64 {
        switch common.clock {
        case .wall: wall
        case .chain: head?.timestamp ?? 0
        }
    }

    func time(of state: MonitorState) -> UInt64 { now(state.head) }

    // MARK: - Told

    /// Whom to ask from now on.
    func watch(_ nodes: NodePool, _ manager: TransactionManager, _ meter: RPCMeter) {
        shared.withLock { $0 = Parts(nodes: nodes, manager: manager, meter: meter) }
    }

    /// Asks nobody any more: the manager tells this monitor, and neither would ever be let go.
    func forget() { shared.withLock { $0 = nil } }

    func take(_ news: LoopNews) {
        state.withLock { state in
            let head: BlockHeader? = if case .ticked(let tick, _) = news { tick.head } else { state.head }
            state.take(news, at: now(head), wall: wall)
        }
        metrics.count(news)
    }

    func take(_ work: [Work], at head: BlockHeader) {
        let done = state.withLock { $0.take(work, at: head) }
        for item in done { metrics.observe(MetricCatalogue.lateness, Double(item.lateness), [item.task]) }
    }

    func take(_ news: TransactionNews) {
        state.withLock { state in
            switch news {
            case .alert(let alert): state.take(alert, at: now(state.head))
            case .report(let report): state.take(report)
            }
        }
    }

    /// The process was asked to stop.
    func stopping() { state.withLock { $0.isStopping = true } }

    // MARK: - Asked

    /// Whether the loop lives: nothing else, for an outage of nodes must not restart keepers.
    var health: OpsBoard.Probe {
        let aliveAt = state.withLock { $0.aliveAt }
        let age = wall - min(wall, aliveAt)
        return age < Self.patience
            ? .init(isFine: true, "alive") : .init(isFine: false, "the loop gave no sign of life for \(age) s")
    }

    /// Whether the keeper can do its work now.
    var readiness: OpsBoard.Probe {
        state.withLock { state in
            if state.isStopping { return .init(isFine: false, "stopping") }
            if let blind = state.blind { return .init(isFine: false, blind.reason) }
            if let obstacle = state.obstacle { return .init(isFine: false, obstacle.text) }
            return .init(isFine: true, "ready")
        }
    }

    /// What is known now, for a look that changes nothing.
    var snapshot: MonitorState { state.withLock { $0 } }

    /// How the keeper stands, with what happened since the last sample; `nil` while nobody knows what time it is.
    func sample() -> KeeperSample? {
        let parts = parts
        let (status, nodes) = (parts?.manager.status, parts?.nodes.report ?? [])
        let policy = common.policy
        let reserve = min(policy.maxFeePerGas * policy.maxGasLimit, policy.maxSpendPerTransaction)
        return state.withLock { state in
            guard common.clock == .wall || state.head != nil else { return nil }
            return state.sample(at: now(state.head), status, nodes, reserve: reserve)
        }
    }

    private func announce() {
        for metric in [
            MetricCatalogue.ticks, MetricCatalogue.reorganisations, MetricCatalogue.gasUsed, MetricCatalogue.gasLimit,
            MetricCatalogue.cost,
        ] { metrics.announce(metric) }
        for cause in ["nodes", "store"] { metrics.announce(MetricCatalogue.tickFailures, [cause]) }
        for outcome in Outcome.metricNames { metrics.announce(MetricCatalogue.outcomes, [outcome]) }
        for verdict in ["agreed", "refused"] { metrics.announce(MetricCatalogue.quorum, [verdict]) }
        metrics.set(MetricCatalogue.info, 1, [identity.program, identity.version, identity.mode, "\(common.chainID)"])
        metrics.set(MetricCatalogue.started, Double(identity.startedAt))
    }
}
