import KeeperTesting

/// A hundred times as fast as the world: for pauses that must pass by themselves, and take no time.
struct FastClock: Clock {
    typealias Instant = MockClock.Instant

    private static let speed = 100
    private let start = ContinuousClock.now

    var now: Instant { Instant(offset: (ContinuousClock.now - start) * Self.speed) }
    var minimumResolution: Duration { .microseconds(100) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await ContinuousClock().sleep(until: start + deadline.offset / Self.speed)
    }
}
