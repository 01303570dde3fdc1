/// How long, how fast, and under which faults the pool is used.
public struct SoakPlan: Sendable {
    /// For how long operations begin, seconds.
    public var seconds: Double
    /// Operations a second.
    public var rate: Int
    /// Other seeds make other operations and other faults.
    public var seed: UInt64
    /// Time of one operation, all its attempts together.
    public var timeout = Duration.seconds(5)
    /// Time of one attempt.
    public var attemptTimeout = Duration.seconds(1)

    public init(seconds: Double, rate: Int = 500, seed: UInt64 = 1) {
        self.seconds = seconds
        self.rate = rate
        self.seed = seed
    }

    /// Until then memory grows as it must: pools fill, code is loaded. Two minutes, in short runs a fifth of the time.
    var warmUp: Double { min(120, seconds / 5) }
    /// The beginning and the end of what is compared: a minute, in short runs a tenth of the time.
    var window: Double { min(60, seconds / 10) }
    /// Shorter runs say nothing about memory and rates.
    var isLong: Bool { seconds >= 300 }
}
