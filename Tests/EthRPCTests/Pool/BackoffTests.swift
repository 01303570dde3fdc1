import Testing

@testable import EthRPC

@Suite("Backoff")
struct BackoffTests {
    private static let backoff = Backoff(first: .milliseconds(100), maximum: .seconds(2))

    @Test(
        "the bound doubles with each failure and ends at the maximum",
        arguments: zip([0, 1, 2, 3, 4, 5, 60, .max], [100, 200, 400, 800, 1600, 2000, 2000, 2000]))
    func bound(failures: Int, milliseconds: Int) {
        let longest = Self.backoff.delay(after: failures, random: .max)
        #expect(longest <= .milliseconds(milliseconds) && longest > .milliseconds(milliseconds) * 0.999)
        #expect(Self.backoff.delay(after: failures, random: 0) == .zero)
        #expect(Self.backoff.delay(after: failures, random: 1 << 63) == .milliseconds(milliseconds) / 2)
    }
}

@Suite("Latencies")
struct LatencyWindowTests {
    @Test("percentiles are nearest ranks")
    func percentiles() {
        var window = LatencyWindow()
        #expect(window.percentile(50) == nil)
        for value in [30, 10, 20] { window.answered(in: .milliseconds(value)) }
        #expect(window.percentile(50) == .milliseconds(20) && window.percentile(95) == .milliseconds(30))
        #expect(window.percentile(1) == .milliseconds(10))
        for value in 1...100 { window.answered(in: .milliseconds(value)) }
        var hundred = LatencyWindow()
        for value in (1...100).reversed() { hundred.answered(in: .milliseconds(value)) }
        #expect(hundred.percentile(50) == .milliseconds(50) && hundred.percentile(95) == .milliseconds(95))
    }

    @Test("only the newest count")
    func bounded() {
        var window = LatencyWindow()
        for _ in 0..<1000 { window.answered(in: .seconds(9)) }
        for _ in 0..<LatencyWindow.capacity { window.answered(in: .milliseconds(1)) }
        #expect(window.percentile(95) == .milliseconds(1) && window.count == LatencyWindow.capacity)
        for _ in 0..<3 { window.failed() }
        #expect(window.failures == 3 && window.count == LatencyWindow.capacity)
    }
}
