import KeeperTesting
import Synchronization

/// The time of a simulated world. Whoever sleeps in it waits to be cancelled: there, time passes between reads, never during one.
final class SimulatedClock: Clock {
    typealias Instant = MockClock.Instant

    private let world: SimulatedMainnet
    private let never = MockClock()

    init(_ world: SimulatedMainnet) { self.world = world }

    var now: Instant { Instant(offset: .milliseconds(Int64(world.state.withLock { $0.now }))) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await never.sleep(until: Instant(offset: .seconds(1)))
    }
}
