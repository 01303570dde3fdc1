/// How a pool of nodes behaves. Times count from the pool's making.
public struct PoolSettings: Sendable, Hashable {
    /// For one operation: all its attempts at all nodes together.
    public var timeout: Duration
    /// For one attempt at one node; at most `timeout`.
    public var attemptTimeout: Duration
    /// Attempts of one operation, over all nodes.
    public var attempts: Int
    public var backoff: Backoff
    /// Failures in a row after which a node is passed over.
    public var coolAfter: Int
    /// For how long it is passed over.
    public var coolDown: Duration
    /// The longest `Retry-After` that is believed.
    public var longestRetryAfter: Duration
    /// Blocks behind the best head from which on a node is reported as lagging.
    public var tolerableLag: UInt64
    /// After this time without news of a node's head it is asked.
    public var surveyInterval: Duration
    /// Whether a slow read is asked of a second node too, the first good answer counting.
    public var hedges: Bool
    /// How long the other nodes are waited for once one has the answer: of a broadcast or a survey of heads.
    public var grace: Duration

    /// Defaults as relayers and node clients commonly have them: backoff from 100 ms to 2 s, 60 s of pause after three failures, Retry-After believed up to five
    /// minutes, out of step at five blocks.
    public init(
        timeout: Duration = .seconds(10), attemptTimeout: Duration? = nil, attempts: Int = 3,
        backoff: Backoff = Backoff(first: .milliseconds(100), maximum: .seconds(2)),
        coolAfter: Int = 3, coolDown: Duration = .seconds(60), longestRetryAfter: Duration = .seconds(300),
        tolerableLag: UInt64 = 5,
        surveyInterval: Duration = .seconds(60), hedges: Bool = false, grace: Duration = .seconds(1)
    ) {
        self.timeout = timeout
        self.attemptTimeout = min(attemptTimeout ?? timeout, timeout)
        self.attempts = max(1, attempts)
        self.backoff = backoff
        self.coolAfter = max(1, coolAfter)
        self.coolDown = coolDown
        self.longestRetryAfter = longestRetryAfter
        self.tolerableLag = tolerableLag
        self.surveyInterval = surveyInterval
        self.hedges = hedges
        self.grace = grace
    }
}
