/// How long a node is left alone after failures in a row: exponential with full jitter, so that many clients do not come back at
/// the same moment.
public struct Backoff: Sendable, Hashable {
    /// The longest delay after the first failure; it doubles with each further one.
    public var base: Duration
    public var limit: Duration

    public init(base: Duration = .milliseconds(100), limit: Duration = .seconds(2)) {
        self.base = base
        self.limit = limit
    }

    /// Anything from nothing to the bound: `base × 2^(failures − 1)`, at most `limit`.
    ///
    ///     failures      1      2      3      4      5      6
    ///     bound, ms   100    200    400    800  1,600  2,000
    ///
    /// - Parameter random: 64 random bits.
    func delay(after failures: Int, random: UInt64) -> Duration {
        let bound = min(limit, base * (1 << min(max(failures, 1) - 1, 30)))
        // 31 bits are more than enough, and their product with a bound in nanoseconds fits.
        return bound * Int64(random >> 33) / (Int64(1) << 31)
    }
}
