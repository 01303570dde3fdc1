/// A rate limit that lets one second's worth through at once and the rest at its rate.
///
/// It keeps a single moment: that until which everything taken so far is paid. A request may go when it would be paid within a
/// second; one that costs more than a second's worth goes when the bucket is full, and leaves it in debt.
struct TokenBucket: Sendable, Hashable {
    /// Compute units a second.
    let rate: UInt64
    private var paidUntil: Duration = .zero

    private static let burst: Duration = .seconds(1)

    init(rate: UInt64) { self.rate = max(1, rate) }

    /// The earliest moment, not before `now`, at which a request of that cost may go.
    func free(for cost: UInt64, at now: Duration) -> Duration {
        max(now, paidUntil + min(span(of: cost), Self.burst) - Self.burst)
    }

    /// Takes the units of a request; the bucket may go into debt.
    mutating func take(_ cost: UInt64, at now: Duration) { paidUntil = max(paidUntil, now) + span(of: cost) }

    private func span(of cost: UInt64) -> Duration { .seconds(Int64(clamping: cost)) / Int64(clamping: rate) }
}
