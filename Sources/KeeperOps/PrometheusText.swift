import KeeperCore

/// How things are written in Prometheus' text format 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func type(_ kind: MetricDefinition.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    static func help(_ text: String) -> String { text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") }

    /// `a="1",b="2"` from names and values in turn.
    static func pairs(_ labels: [String]) -> String {
        stride(from: 0, to: labels.count - 1, by: 2).map { "\(labels[$0])=\"\(value(labels[$0 + 1]))\"" }.joined(separator: ",")
    }

    private static func value(_ text: String) -> String { help(text).replacing("\"", with: "\\\"") }

    /// Whole numbers without a fraction, so that counts read as counts.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
