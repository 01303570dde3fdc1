public import CoreMetrics
public import KeeperCore
import Synchronization

/// Keeps the metrics of a process, and writes them as Prometheus reads them.
///
/// Only metrics of the catalogue are kept: one that is not in it is a mistake in the program, and is passed over.
public final class PrometheusRegistry: MetricsFactory {
    private let definitions: [String: MetricDefinition]
    private let order: [MetricDefinition]
    /// Labels that every metric of ours has, such as the keeper's name.
    private let constant: [(String, String)]
    private let series = Mutex<[SeriesKey: any PrometheusSeries]>([:])

    /// - Parameter constant: labels of every metric whose name begins with `keeper_`.
    public init(_ definitions: [MetricDefinition] = MetricCatalogue.all, constant: [(String, String)] = []) {
        self.definitions = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
        self.order = definitions
        self.constant = constant
    }

    struct SeriesKey: Hashable {
        var name: String
        /// Label names and values, sorted by name.
        var labels: [String]
    }

    /// The exposition, text format 0.0.4.
    public var exposition: String {
        let all = series.withLock { $0 }
        let byName = Dictionary(grouping: all, by: \.key.name)
        var out = ""
        for definition in order {
            guard let members = byName[definition.name] else { continue }
            out += "# HELP \(definition.name) \(PrometheusText.help(definition.help))\n"
            out += "# TYPE \(definition.name) \(PrometheusText.type(definition.kind))\n"
            for (key, member) in members.sorted(by: { $0.key.labels.lexicographicallyPrecedes($1.key.labels) }) {
                member.write(definition.name, PrometheusText.pairs(key.labels), into: &out)
            }
        }
        return out
    }

    private func key(_ label: String, _ dimensions: [(String, String)]) -> SeriesKey {
        let all = (label.hasPrefix("keeper_") ? constant : []) + dimensions
        return SeriesKey(name: label, labels: all.sorted { $0.0 < $1.0 }.flatMap { [$0.0, $0.1] })
    }

    private func find<S: PrometheusSeries>(
        _ label: String, _ dimensions: [(String, String)], _ make: (MetricDefinition) -> S?
    ) -> S? {
        guard let definition = definitions[label] else { return nil }
        let key = key(label, dimensions)
        return series.withLock { all in
            if let known = all[key] { return known as? S }
            guard let new = make(definition) else { return nil }
            all[key] = new
            return new
        }
    }

    private func forget(_ handler: AnyObject) {
        series.withLock { all in all = all.filter { $0.value !== handler } }
    }

    // MARK: - MetricsFactory

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions) { $0.kind == .counter ? PrometheusNumber() : nil } ?? PrometheusNumber()
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        find(label, dimensions) { $0.kind == .counter ? PrometheusNumber() : nil } ?? PrometheusNumber()
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions) { $0.kind == .gauge ? PrometheusNumber() : nil } ?? PrometheusNumber()
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        find(label, dimensions, PrometheusHistogram.init(of:)) ?? PrometheusHistogram([])
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions, PrometheusHistogram.init(of:)) ?? PrometheusHistogram([])
    }

    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }
}
