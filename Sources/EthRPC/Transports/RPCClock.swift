/// A clock without its type: time counts from its making. Timeouts and waits take it, so that tests set the time.
public struct RPCClock: Sendable {
    private let time: @Sendable () -> Duration
    private let sleepUntil: @Sendable (Duration) async throws -> Void
    /// Whether this is the machine's own time: then deadlines may be kept by whoever keeps them at the least cost.
    public let isContinuous: Bool

    /// The time of another clock, whose present is this one's zero.
    public init<C: Clock<Duration>>(_ clock: C) {
        let start = clock.now
        time = { start.duration(to: clock.now) }
        sleepUntil = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
        isContinuous = clock is ContinuousClock
    }

    /// The machine's clock, which goes on while the machine sleeps.
    public static let continuous = RPCClock(ContinuousClock())

    /// Time since the making.
    public var now: Duration { time() }

    /// Waits until a time has come.
    /// - Throws: `CancellationError`.
    public func sleep(until deadline: Duration) async throws { try await sleepUntil(deadline) }

    /// Runs work and cancels it when its time is over.
    /// - Throws: what the work throws, or `RPCError` with code `timeout`.
    public func limit<T: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        if isContinuous { return try await Alarms.shared.limit(limit, work) }
        let deadline = now + limit
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await sleep(until: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw RPCError(.timeout, "no complete answer within \(limit)")
            }
            return result
        }
    }
}
