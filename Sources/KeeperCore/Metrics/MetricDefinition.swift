/// What a metric is: the one place that names, units and meanings come from.
public struct MetricDefinition: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case counter
        case gauge
        /// With the upper bounds of its buckets.
        case histogram([Double])
    }

    /// As Prometheus names it: base units, `_total` at the end of counters.
    public var name: String
    public var kind: Kind
    /// Names of its labels, besides `keeper`, which all have whose name begins with `keeper_`.
    public var labels: [String]
    public var help: String

    public init(_ name: String, _ kind: Kind, _ labels: [String], _ help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }

    public init(_ name: String, _ kind: Kind, _ help: String) { self.init(name, kind, [], help) }
}
