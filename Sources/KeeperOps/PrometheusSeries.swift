import CoreMetrics
import KeeperCore
import Synchronization

/// One line of the exposition, or the lines of one histogram.
protocol PrometheusSeries: AnyObject, Sendable {
    /// - Parameter labels: as they stand between the braces; empty for none.
    func write(_ name: String, _ labels: String, into out: inout String)
}

/// A counter or a gauge.
final class PrometheusNumber: PrometheusSeries, CounterHandler, FloatingPointCounterHandler, MeterHandler {
    private let value = Mutex(0.0)

    func increment(by amount: Int64) { value.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func set(_ new: Int64) { value.withLock { $0 = Double(new) } }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func reset() { value.withLock { $0 = 0 } }

    func write(_ name: String, _ labels: String, into out: inout String) {
        out += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(PrometheusText.number(value.withLock { $0 }))\n"
    }
}

/// How many of what was recorded were at most so much, for a list of bounds.
final class PrometheusHistogram: PrometheusSeries, RecorderHandler, TimerHandler {
    private struct State {
        var counts: [UInt64]
        var sum = 0.0
        var count: UInt64 = 0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(_ bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count)))
    }

    /// `nil` for a metric that is none.
    convenience init?(of definition: MetricDefinition) {
        guard case .histogram(let bounds) = definition.kind else { return nil }
        self.init(bounds)
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLock { state in
            for (index, bound) in bounds.enumerated() where value <= bound { state.counts[index] += 1 }
            state.sum += value
            state.count += 1
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func write(_ name: String, _ labels: String, into out: inout String) {
        let state = state.withLock { $0 }
        let others = labels.isEmpty ? "" : labels + ","
        for (bound, count) in zip(bounds, state.counts) {
            out += "\(name)_bucket{\(others)le=\"\(PrometheusText.number(bound))\"} \(count)\n"
        }
        out += "\(name)_bucket{\(others)le=\"+Inf\"} \(state.count)\n"
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        out += "\(name)_sum\(braces) \(PrometheusText.number(state.sum))\n\(name)_count\(braces) \(state.count)\n"
    }
}
