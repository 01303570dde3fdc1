/// Growing waits with full jitter: a random time between nothing and a bound that doubles with each failure, so that many clients of
/// one node do not come back together.
///
///     failures before this one    0      1      2      3      4      5
///     bound, from 100 ms to 2 s   100    200    400    800    1,600  2,000 ms
public struct Backoff: Sendable, Hashable {
    /// The bound of the first wait.
    public var first: Duration
    /// No bound is larger.
    public var maximum: Duration

    /// 250 ms, doubled up to 30 s: after a minute of silence a node is asked twice a minute.
    public init(first: Duration = .milliseconds(250), maximum: Duration = .seconds(30)) {
        self.first = first
        self.maximum = maximum
    }

    /// The wait after so many failures in a row before this one.
    public func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        delay(after: failures, random: random.next())
    }

    /// - Parameter random: 64 random bits.
    func delay(after failures: Int, random: UInt64) -> Duration {
        // 2²⁰ times the first wait is beyond any maximum that makes sense.
        let bound = min(maximum, first * (1 << min(failures, 20)))
        // 31 bits are fine enough, and their product with a bound in attoseconds fits.
        return bound * Int64(random >> 33) / (Int64(1) << 31)
    }
}
