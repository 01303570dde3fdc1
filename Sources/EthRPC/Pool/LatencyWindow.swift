/// The newest exchanges with a node: how long they took, and how many failed. Bounded, the oldest give way.
struct LatencyWindow: Sendable, Hashable {
    static let capacity = 128

    private var latencies: [Duration] = []
    private var next = 0
    private var outcomes: [Bool] = []
    private var nextOutcome = 0

    /// An answer, and the time that it took.
    mutating func answered(in latency: Duration) {
        Self.add(latency, to: &latencies, at: &next)
        Self.add(true, to: &outcomes, at: &nextOutcome)
    }

    /// No usable answer. How long that took says nothing about the node's speed.
    mutating func failed() { Self.add(false, to: &outcomes, at: &nextOutcome) }

    private static func add<T>(_ value: T, to ring: inout [T], at next: inout Int) {
        if ring.count < capacity { ring.append(value) } else { ring[next] = value }
        next = (next + 1) % capacity
    }

    var count: Int { outcomes.count }
    var failures: Int { outcomes.count { !$0 } }

    /// The latency that `percent` of the answers do not exceed (nearest rank); `nil` before the first answer.
    func percentile(_ percent: Int) -> Duration? {
        guard !latencies.isEmpty else { return nil }
        let rank = (latencies.count * percent + 99) / 100
        return latencies.sorted()[min(max(rank, 1), latencies.count) - 1]
    }
}
