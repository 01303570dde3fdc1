public import CoreMetrics
import Synchronization

/// Counts and measures by the definitions of the catalogue, for whatever keeps metrics.
public final class KeeperMetrics: Sendable {
    private let factory: any MetricsFactory
    /// The gauges that stand for things which come and go, by metric: their labels at the last time.
    private let shown = Mutex<[String: [[String]: Meter]]>([:])

    /// - Parameter factory: without one, nothing is kept.
    public init(_ factory: any MetricsFactory = NOOPMetricsHandler.instance) { self.factory = factory }

    private static func dimensions(_ metric: MetricDefinition, _ labels: [String]) -> [(String, String)] {
        Array(zip(metric.labels, labels))
    }

    /// Adds to a counter.
    /// - Parameter labels: in the order of the definition.
    public func add(_ metric: MetricDefinition, _ count: UInt64 = 1, _ labels: [String] = []) {
        Counter(label: metric.name, dimensions: Self.dimensions(metric, labels), factory: factory)
            .increment(by: Int64(clamping: count))
    }

    /// Adds to a counter of what is not counted in whole units.
    public func add(_ metric: MetricDefinition, amount: Double) {
        FloatingPointCounter(label: metric.name, dimensions: [], factory: factory).increment(by: amount)
    }

    /// Adds nothing to a counter, so that it is there with 0 before anything happens.
    public func announce(_ metric: MetricDefinition, _ labels: [String] = []) { add(metric, 0, labels) }

    /// Sets a gauge.
    public func set(_ metric: MetricDefinition, _ value: Double, _ labels: [String] = []) {
        Meter(label: metric.name, dimensions: Self.dimensions(metric, labels), factory: factory).set(value)
    }

    /// Sets all gauges of a metric; those that are not among them disappear.
    public func setAll(_ metric: MetricDefinition, _ values: [(labels: [String], value: Double)]) {
        let factory = factory
        shown.withLock { shown in
            var next: [[String]: Meter] = [:]
            var rest = shown[metric.name] ?? [:]
            for (labels, value) in values {
                let meter =
                    rest.removeValue(forKey: labels) ?? next[labels]
                    ?? Meter(label: metric.name, dimensions: Self.dimensions(metric, labels), factory: factory)
                meter.set(value)
                next[labels] = meter
            }
            for meter in rest.values { meter.destroy() }
            shown[metric.name] = next
        }
    }

    /// Records into a histogram.
    public func observe(_ metric: MetricDefinition, _ value: Double, _ labels: [String] = []) {
        Recorder(label: metric.name, dimensions: Self.dimensions(metric, labels), aggregate: true, factory: factory).record(value)
    }
}
