/// Durations in classes that grow by a quarter: any number of them in constant memory.
struct Latencies: Sendable {
    private var counts = [Int](repeating: 0, count: 128)
    private(set) var count = 0
    private(set) var longest = Duration.zero
    private static let growth = 1.25

    private static func bound(_ index: Int) -> Double {
        var bound = 0.05
        for _ in 0..<index { bound *= growth }
        return bound
    }

    private static let bounds = (0..<128).map(bound)

    mutating func add(_ duration: Duration) {
        count += 1
        longest = max(longest, duration)
        let milliseconds = duration / .milliseconds(1)
        let index = Self.bounds.firstIndex { milliseconds <= $0 } ?? counts.count - 1
        counts[index] += 1
    }

    /// Milliseconds below which so many of 100 lie.
    func percentile(_ percent: Int) -> Double {
        var rest = (count * percent + 99) / 100
        for (index, count) in counts.enumerated() {
            rest -= count
            if rest <= 0 { return Self.bounds[index] }
        }
        return 0
    }
}
