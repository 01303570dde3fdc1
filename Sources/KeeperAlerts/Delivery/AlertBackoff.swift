/// When a receiver that failed is asked again: full jitter, so that a dozen keepers do not ask at once.
///
/// | failures in a row | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 and more |
/// |---|---|---|---|---|---|---|---|---|---|
/// | asked again within, seconds | 0.25 | 0.5 | 1 | 10 | 20 | 40 | 80 | 160 | 300 |
public struct AlertBackoff: Sendable, Hashable {
    /// Milliseconds within which the first retry comes; each of the first three may take twice the time of the one before.
    public var base: UInt64 = 250
    /// Most milliseconds that one of the first three retries is delayed by.
    public var quickest: UInt64 = 10_000
    /// Most milliseconds that any retry is delayed by.
    public var slowest: UInt64 = 300_000
    /// A receiver's own wish counts up to this, milliseconds.
    public static let longestWish: UInt64 = 3_600_000

    public init() {}

    /// Milliseconds to wait.
    /// - Parameters:
    ///   - failures: in a row, this one included.
    ///   - random: from 0 up to, not including, 1.
    public func delay(failures: Int, random: Double) -> UInt64 {
        let failures = max(1, failures)
        let bound =
            failures <= 3
            ? min(quickest, base << UInt64(failures - 1)) : min(slowest, quickest << UInt64(min(failures - 4, 20)))
        return UInt64(Double(bound) * min(max(random, 0), 1))
    }

    /// Milliseconds to wait after a refusal that is likely to last: at least a fifth of the longest time.
    public func slow(random: Double) -> UInt64 {
        slowest / 5 + UInt64(Double(slowest - slowest / 5) * min(max(random, 0), 1))
    }
}
