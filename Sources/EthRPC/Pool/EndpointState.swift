import EthPrimitives

/// What is known of one node, and when it may be asked. Every transition is here; `EndpointPool` chooses among such states.
///
///     event            what it changes
///     started          in flight + 1, the rate limit is charged
///     answered         in flight − 1, no failures in a row, latency noted
///     failed           in flight − 1, one more failure in a row: backoff, or the Retry-After that came with it; from `coolAfter`
///                      in a row on passed over for `coolDown`, and its chain is asked again afterwards
///     cancelled        in flight − 1, nothing learnt
///     discredited      passed over for `coolDown`: it answered, but not so that one could work with it
///     isAt             its chain is asked again if that is another place
///     identified       trusted on the expected chain, evicted for good on any other
///     saw              its newest block, how far that is behind, whether it went back
struct EndpointState: Sendable {
    enum Trust: Sendable, Hashable {
        /// Its chain was not asked, or not since it was in trouble.
        case unchecked
        case trusted
        case evicted(ChainID)
    }

    let label: String
    private(set) var trust = Trust.unchecked
    /// Which of its places it was at when it was asked last.
    private var place: UInt64 = 0
    private var bucket: TokenBucket?
    private(set) var latency = LatencyWindow()
    private(set) var failuresInARow = 0
    private(set) var inFlight = 0
    /// Backoff and Retry-After: before this moment it is not asked at all.
    private(set) var notBefore: Duration = .zero
    /// Passed over until then, while there is another.
    private(set) var coolUntil: Duration = .zero
    private(set) var head: HeadSighting?
    private(set) var headSeenAt: Duration?
    /// Blocks behind the best head, when its head was seen last.
    private(set) var lag: UInt64 = 0
    private(set) var finalized: UInt64?
    /// How often its head went back.
    private(set) var setbacks = 0
    private var isReportedLagging = false
    private var isReportedCooling = false

    init(label: String, computeUnitsPerSecond: UInt64?) {
        self.label = label
        bucket = computeUnitsPerSecond.map { TokenBucket(rate: $0) }
    }

    var isEvicted: Bool {
        if case .evicted = trust { true } else { false }
    }

    /// The earliest moment at which a request of that cost may go out.
    func free(for cost: UInt64, at now: Duration) -> Duration { max(now, notBefore, bucket?.free(for: cost, at: now) ?? now) }

    mutating func started(_ cost: UInt64, at now: Duration) {
        inFlight += 1
        bucket?.take(cost, at: now)
    }

    mutating func answered(in elapsed: Duration, at now: Duration) -> PoolNotice? {
        inFlight -= 1
        latency.answered(in: elapsed)
        failuresInARow = 0
        guard isReportedCooling, coolUntil <= now else { return nil }
        isReportedCooling = false
        return .recovered(endpoint: label)
    }

    /// - Parameters:
    ///   - retryAfter: what the node asked for.
    ///   - random: 64 random bits for the jitter.
    mutating func failed(
        _ reason: String, retryAfter: Duration?, at now: Duration, random: UInt64, _ settings: PoolSettings
    ) -> PoolNotice? {
        inFlight -= 1
        latency.failed()
        failuresInARow += 1
        let pause = retryAfter.map { min($0, settings.longestRetryAfter) }
        notBefore = max(notBefore, now + (pause ?? settings.backoff.delay(after: failuresInARow - 1, random: random)))
        guard failuresInARow >= settings.coolAfter else { return nil }
        return cool(reason, at: now, settings)
    }

    mutating func cancelled() { inFlight -= 1 }

    mutating func discredited(_ reason: String, at now: Duration, _ settings: PoolSettings) -> PoolNotice? {
        cool(reason, at: now, settings)
    }

    private mutating func cool(_ reason: String, at now: Duration, _ settings: PoolSettings) -> PoolNotice? {
        coolUntil = max(coolUntil, now + settings.coolDown)
        if trust == .trusted { trust = .unchecked }
        guard !isReportedCooling else { return nil }
        isReportedCooling = true
        return .cooling(endpoint: label, reason: reason)
    }

    mutating func isAt(_ place: UInt64) {
        guard place != self.place else { return }
        self.place = place
        if trust == .trusted { trust = .unchecked }
    }

    mutating func identified(_ id: ChainID, as expected: ChainID) -> PoolNotice? {
        guard !isEvicted else { return nil }
        trust = id == expected ? .trusted : .evicted(id)
        return id == expected ? nil : .evicted(endpoint: label, chain: id, expected: expected)
    }

    /// - Parameter best: the best head of all nodes, this sighting included.
    mutating func saw(_ sighting: HeadSighting, best: UInt64, at now: Duration, _ settings: PoolSettings) -> [PoolNotice] {
        var notices: [PoolNotice] = []
        if let head, sighting.number < head.number {
            setbacks += 1
            notices.append(.wentBackwards(endpoint: label, from: head.number, to: sighting.number))
        }
        head = sighting
        headSeenAt = now
        return notices + compared(with: best, settings)
    }

    /// Its newest block beside the best one, both seen at about the same time.
    mutating func compared(with best: UInt64, _ settings: PoolSettings) -> [PoolNotice] {
        guard let head else { return [] }
        lag = best > head.number ? best - head.number : 0
        let isLagging = lag >= settings.tolerableLag
        guard isLagging != isReportedLagging else { return [] }
        isReportedLagging = isLagging
        return [isLagging ? .lagging(endpoint: label, blocks: lag) : .caughtUp(endpoint: label)]
    }

    mutating func sawFinalized(_ number: UInt64) { finalized = number }
}
