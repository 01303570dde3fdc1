internal import EthCodec
import EthTransactions
import KeeperAlerts
import KeeperCore
import KeeperOps
import KeeperStore
import Logging

/// What a keeper has before it asks a node: the lock on its store, its key, and what watches it.
struct Premises<P: KeeperProgram> {
    let wiring: Wiring<P>
    let store: SQLiteStore
    /// Without its policy: `LiveKeeper` puts that before it.
    let signer: any Signer
    let monitor: KeeperMonitor
    private let sinks: Rotating<[AlertSink]>
    let registry: PrometheusRegistry
    let logger: Logger

    /// - Throws: `ConfigError`; `StoreError`, `.inUse` where another process has the store.
    init(_ wiring: Wiring<P>) throws {
        self.wiring = wiring
        (logger, store) = (wiring.logger, try wiring.store())
        signer = try wiring.signer()
        for exposure in wiring.common.signer.map(SignerExposure.all) ?? [] {
            logger.warning("\(exposure.text): \(exposure.advice)")
        }
        registry = PrometheusRegistry(constant: [("keeper", wiring.common.name)])
        let logger = logger
        sinks = try wiring.sinks { logger.tell($0) }
        let desk = try wiring.desk(of: signer.address, sinks, in: store, logger)
        monitor = KeeperMonitor(
            KeeperIdentity(P.self, wiring.common), wiring.common, KeeperMetrics(registry), desk,
            time: wiring.environment.time)
    }

    /// What tells people.
    var alerts: AlertService {
        AlertService(desk: monitor.desk, monitor: monitor, sinks: sinks, time: wiring.environment.time)
    }

    /// Where probes, metrics and status are served; `nil` where nobody wants them.
    var server: OpsServer? {
        guard let ops = wiring.common.ops else { return nil }
        let (monitor, registry, logger) = (monitor, registry, logger)
        let refresh = MetricsRefresh(monitor, store: wiring.common.store)
        let board = OpsBoard(
            health: { monitor.health }, readiness: { monitor.readiness },
            metrics: {
                refresh.run()
                return registry.exposition
            }, status: { monitor.statusReport.sortedText })
        return OpsServer(ops.listen, board, logger: logger) { logger.info("probes, metrics and status at http://\($0)") }
    }
}
