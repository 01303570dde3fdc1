import EthCodec

/// How long a node took to answer, by nearest rank.
public struct LatencyFigures: Sendable, Hashable {
    private var latencies: [Duration] = []
    public private(set) var failures = 0

    public init() {}

    mutating func answered(in latency: Duration) {
        let place = latencies.firstIndex { $0 > latency } ?? latencies.endIndex
        latencies.insert(latency, at: place)
    }

    mutating func failed() { failures += 1 }

    /// All exchanges, those that failed included.
    public var count: Int { latencies.count + failures }

    /// The latency that `percent` of the answers do not exceed; `nil` without answers.
    public func percentile(_ percent: Int) -> Duration? {
        guard !latencies.isEmpty else { return nil }
        let rank = (latencies.count * percent + 99) / 100
        return latencies[min(max(rank, 1), latencies.count) - 1]
    }

    var json: JSON {
        .object([
            "probes": .integer(count), "failures": .integer(failures),
            "p50Microseconds": percentile(50).map { .integer($0.wholeMicroseconds) },
            "p95Microseconds": percentile(95).map { .integer($0.wholeMicroseconds) },
        ])
    }
}

extension Duration {
    var wholeMicroseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }

    /// Milliseconds with one place, such as `12.3 ms`.
    var milliseconds: String {
        let tenths = (wholeMicroseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}
