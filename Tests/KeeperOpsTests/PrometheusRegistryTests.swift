import KeeperCore
import Testing

@testable import KeeperOps

@Suite("What Prometheus reads")
struct PrometheusRegistryTests {
    private static let count = MetricDefinition("keeper_pokes_total", .counter, ["oracle"], "Pokes, with a \\ and\na line.")
    private static let gauge = MetricDefinition("process_heat", .gauge, "Heat.")
    private static let time = MetricDefinition("keeper_wait_seconds", .histogram([0.5, 10]), "Waits.")
    private static let all = [count, gauge, time]

    @Test("counters, gauges and histograms, with help and type, in the order of the catalogue")
    func exposition() {
        let registry = PrometheusRegistry(Self.all, constant: [("keeper", "a\"b\n")])
        let metrics = KeeperMetrics(registry)
        metrics.observe(Self.time, 0.5)
        metrics.observe(Self.time, 7.25)
        metrics.set(Self.gauge, -1.5)
        metrics.add(Self.count, 2, ["PIP_ETH"])
        metrics.add(Self.count, 1, ["PIP_ETH"])
        metrics.announce(Self.count, ["PIP_BTC"])
        #expect(
            registry.exposition == #"""
                # HELP keeper_pokes_total Pokes, with a \\ and\na line.
                # TYPE keeper_pokes_total counter
                keeper_pokes_total{keeper="a\"b\n",oracle="PIP_BTC"} 0
                keeper_pokes_total{keeper="a\"b\n",oracle="PIP_ETH"} 3
                # HELP process_heat Heat.
                # TYPE process_heat gauge
                process_heat -1.5
                # HELP keeper_wait_seconds Waits.
                # TYPE keeper_wait_seconds histogram
                keeper_wait_seconds_bucket{keeper="a\"b\n",le="0.5"} 1
                keeper_wait_seconds_bucket{keeper="a\"b\n",le="10"} 2
                keeper_wait_seconds_bucket{keeper="a\"b\n",le="+Inf"} 2
                keeper_wait_seconds_sum{keeper="a\"b\n"} 7.75
                keeper_wait_seconds_count{keeper="a\"b\n"} 2

                """#)
    }

    @Test("what comes and goes disappears with its last value; what is in no catalogue is passed over")
    func disappearance() {
        let registry = PrometheusRegistry(Self.all)
        let metrics = KeeperMetrics(registry)
        let node = MetricDefinition("keeper_pokes_total", .gauge, ["oracle"], "")
        metrics.set(node, 1, ["of another kind"])
        metrics.set(MetricDefinition("keeper_unknown", .gauge, ""), 1)
        #expect(registry.exposition.isEmpty)
        metrics.setAll(Self.gauge, [(labels: [], value: 3)])
        #expect(registry.exposition.contains("process_heat 3\n"))
        metrics.setAll(Self.gauge, [])
        #expect(registry.exposition.isEmpty)
    }
}
