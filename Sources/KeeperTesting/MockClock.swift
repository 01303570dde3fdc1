import Synchronization

/// A clock that a test moves: it waits for the code under test to sleep, looks until when, and lets that time pass.
///
///     let clock = MockClock()
///     async let done: Void = retry(on: clock)
///     let deadline = await clock.nextSleeper()        // returns as soon as somebody sleeps
///     clock.advance(to: deadline)
///     try await done
public final class MockClock: Clock {
    /// A moment, counted from the clock's making.
    public struct Instant: InstantProtocol, CustomStringConvertible {
        /// Time since the clock was made.
        public var offset: Duration

        /// A moment so long after the clock was made.
        public init(offset: Duration = .zero) { self.offset = offset }
        /// The moment that much later.
        public func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }
        /// How much later the other moment is.
        public func duration(to other: Self) -> Duration { other.offset - offset }
        public static func < (a: Self, b: Self) -> Bool { a.offset < b.offset }
        public var description: String { "\(offset)" }
    }

    private struct Sleeper {
        var id: UInt64
        var deadline: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant()
        var lastID: UInt64 = 0
        var sleepers: [Sleeper] = []
        /// Sleeps that were cancelled before they began.
        var cancelled: Set<UInt64> = []
        /// Deadlines of sleeps that no test has asked for yet, in the order in which they began.
        var unseen: [Instant] = []
        var tests: [CheckedContinuation<Instant, Never>] = []
    }

    private let state = Mutex(State())

    /// A clock at zero, with nobody asleep.
    public init() {}

    /// The time that the test has set.
    public var now: Instant { state.withLock { $0.now } }
    /// Sleeps are exact.
    public var minimumResolution: Duration { .zero }

    /// The earliest deadline of those who sleep; `nil` if nobody does.
    public var nextDeadline: Instant? { state.withLock { state in state.sleepers.lazy.map(\.deadline).min() } }

    /// How many tasks are asleep.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// The deadline of the next sleep, in the order in which they begin; waits for one if all were seen.
    public func nextSleeper() async -> Instant {
        await withCheckedContinuation { continuation in
            let deadline: Instant? = state.withLock { state in
                if !state.unseen.isEmpty { return state.unseen.removeFirst() }
                state.tests.append(continuation)
                return nil
            }
            if let deadline { continuation.resume(returning: deadline) }
        }
    }

    /// Sets the time and wakes everybody whose deadline has come, the earliest first. Time never goes back.
    public func advance(to instant: Instant) {
        let woken = state.withLock { state in
            state.now = max(state.now, instant)
            let now = state.now
            let due = state.sleepers.filter { $0.deadline <= now }
            state.sleepers.removeAll { $0.deadline <= now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Lets a duration pass.
    public func advance(by duration: Duration) { advance(to: now.advanced(by: duration)) }

    /// Sleeps until the test has advanced to the deadline.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { begin(Sleeper(id: id, deadline: deadline, continuation: $0)) }
        } onCancel: {
            cancel(id)
        }
    }

    /// What a sleep that begins leads to.
    private enum Beginning { case over, cancelled, asleep(CheckedContinuation<Instant, Never>?) }

    private func begin(_ sleeper: Sleeper) {
        let beginning: Beginning = state.withLock { state in
            if state.cancelled.remove(sleeper.id) != nil { return .cancelled }
            if sleeper.deadline <= state.now { return .over }
            state.sleepers.append(sleeper)
            guard state.tests.isEmpty else { return .asleep(state.tests.removeFirst()) }
            state.unseen.append(sleeper.deadline)
            return .asleep(nil)
        }
        switch beginning {
        case .over: sleeper.continuation.resume()
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        case .asleep(let test): test?.resume(returning: sleeper.deadline)
        }
    }

    private func cancel(_ id: UInt64) {
        let sleeper: Sleeper? = state.withLock { state in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                // It has not begun, or is over: then nobody asks for the id again.
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
