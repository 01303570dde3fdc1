import EthPrimitives
import EthRPC
import Foundation
import KeeperAlerts
import KeeperCore
import KeeperOps
import KeeperTransactions
import Synchronization

/// Brings gauges, and the counters of others, up to date: called before the metrics are written.
final class MetricsRefresh: Sendable {
    private let monitor: KeeperMonitor
    /// Path of the store.
    private let store: String?
    /// What of other counters was added so far.
    private let counted = Mutex(Counted())

    private struct Counted {
        var calls = RPCMetrics()
        var cpu = 0.0
        var deliveries: [AlertCount: UInt64] = [:]
    }

    init(_ monitor: KeeperMonitor, store: String?) { (self.monitor, self.store) = (monitor, store) }

    func run() {
        let (state, parts) = (monitor.snapshot, monitor.parts)
        head(state)
        work(state)
        process()
        alerts()
        guard let parts else { return }
        nodes(parts.nodes.report)
        calls(parts.meter.metrics)
        wallet(parts.manager.status, state)
    }

    private var metrics: KeeperMetrics { monitor.metrics }

    private func head(_ state: MonitorState) {
        metrics.set(MetricCatalogue.ready, monitor.readiness.isFine ? 1 : 0)
        guard let head = state.head else { return }
        metrics.set(MetricCatalogue.headNumber, Double(head.number))
        metrics.set(MetricCatalogue.headTime, Double(head.timestamp))
        if let fee = head.baseFeePerGas { metrics.set(MetricCatalogue.baseFee, fee.approximateGwei) }
    }

    private func work(_ state: MonitorState) {
        let now = monitor.time(of: state)
        metrics.setAll(
            MetricCatalogue.lateNow,
            state.work.map { ([$0.task], Double($0.excuse == nil ? $0.dueSince.map { now - min($0, now) } ?? 0 : 0)) })
        metrics.setAll(
            MetricCatalogue.excused, state.work.map { ([$0.task], $0.dueSince != nil && $0.excuse != nil ? 1 : 0) })
        metrics.setAll(MetricCatalogue.lastDone, state.doneAt.map { ([$0.key], Double($0.value)) })
    }

    private func nodes(_ reports: [EndpointReport]) {
        metrics.setAll(MetricCatalogue.nodeUsable, reports.map { ([$0.label], $0.problem == nil ? 1 : 0) })
        metrics.setAll(
            MetricCatalogue.nodeHead, reports.compactMap { report in report.head.map { ([report.label], Double($0.number)) } })
        metrics.setAll(MetricCatalogue.nodeLag, reports.map { ([$0.label], Double($0.lag)) })
        metrics.setAll(
            MetricCatalogue.nodeLatency,
            reports.flatMap { report in
                [("50", report.latencyP50), ("95", report.latencyP95)].compactMap { percentile, time in
                    time.map { ([report.label, percentile], $0.inSeconds) }
                }
            })
    }

    private func calls(_ new: RPCMetrics) {
        let old = counted.withLock { counted in
            defer { counted.calls = new }
            return counted.calls
        }
        for (key, count) in new.counts {
            let before = old.counts[key] ?? RPCMetrics.Count()
            metrics.add(MetricCatalogue.rpcRequests, count.requests - before.requests, [key.endpoint, key.method])
            metrics.add(MetricCatalogue.rpcErrors, count.errors - before.errors, [key.endpoint, key.method])
        }
        for (endpoint, wire) in new.wires {
            metrics.add(MetricCatalogue.rpcExchanges, wire.exchanges - (old.wires[endpoint]?.exchanges ?? 0), [endpoint])
        }
    }

    private func wallet(_ status: ManagerStatus, _ state: MonitorState) {
        let now = monitor.time(of: state)
        metrics.set(MetricCatalogue.inFlight, Double(status.state.bindings.count))
        metrics.set(MetricCatalogue.paused, status.state.pausedUntil > now ? 1 : 0)
        guard let balance = status.balance else { return }
        metrics.set(MetricCatalogue.balance, balance.approximateEther)
        let spent = status.state.spent(at: now)
        if spent > .zero { metrics.set(MetricCatalogue.runway, balance.approximateEther / spent.approximateEther * 86_400) }
    }

    private func alerts() {
        let desk = monitor.desk
        var open: [[String]: Double] = [:]
        for notice in desk.open { open[[notice.kind.rawValue, notice.severity.rawValue], default: 0] += 1 }
        metrics.setAll(MetricCatalogue.alertsOpen, open.map { ($0.key, $0.value) })
        metrics.setAll(MetricCatalogue.alertsWaiting, desk.waiting.map { ([$0.key], Double($0.value)) })
        let new = desk.counts
        let old = counted.withLock { counted in
            defer { counted.deliveries = new }
            return counted.deliveries
        }
        for (key, count) in new { metrics.add(MetricCatalogue.alertsSent, count - (old[key] ?? 0), [key.sink, key.result]) }
    }

    private func process() {
        let figures = ProcessFigures.current()
        metrics.set(MetricCatalogue.resident, Double(figures.resident))
        metrics.set(MetricCatalogue.openFiles, Double(figures.openFiles))
        let cpu = counted.withLock { counted in
            defer { counted.cpu = figures.cpu }
            return figures.cpu - counted.cpu
        }
        metrics.add(MetricCatalogue.cpu, amount: max(0, cpu))
        guard let store else { return }
        let sizes = [store, store + "-wal"].map { path in
            // The log is not there when the store was closed.
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0  // see above
        }
        metrics.set(MetricCatalogue.storeSize, Double(sizes.reduce(0, +)))
    }
}

extension Duration {
    /// Seconds as monitoring takes them.
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
