import Synchronization

/// Deadlines of the work in flight, kept by one sleeper for all: a cancelled sleep stays in the system's queue until its time, and at
/// thousands of calls a second that is one of ten seconds for each of them.
final class Alarms: Sendable {
    static let shared = Alarms()

    private struct State {
        var alarms: [UInt64: (deadline: ContinuousClock.Instant, ring: @Sendable () -> Void)] = [:]
        var number: UInt64 = 0
        /// When the sleeper wakes; `nil` while there is none.
        var wakesAt: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Runs work and cancels it when its time is over.
    /// - Throws: what the work throws, or `RPCError` with code `timeout`.
    func limit<T: Sendable>(_ limit: Duration, _ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let progress = Progress()
        let task = Task.immediate {
            defer { progress.isDone.store(true, ordering: .relaxed) }
            return try await work()
        }
        // What needed not wait for anything needs no alarm either.
        if progress.isDone.load(ordering: .relaxed) { return try await task.value }
        let alarm = add(at: .now + limit) {
            progress.isOver.store(true, ordering: .relaxed)
            task.cancel()
        }
        defer { remove(alarm) }
        do {
            return try await withTaskCancellationHandler(operation: { try await task.value }, onCancel: { task.cancel() })
        } catch {
            guard progress.isOver.load(ordering: .relaxed) else { throw error }
            throw RPCError(.timeout, "no complete answer within \(limit)")
        }
    }

    private final class Progress: Sendable {
        let isDone = Atomic(false)
        /// Whether its time was over before it was done.
        let isOver = Atomic(false)
    }

    private func add(at deadline: ContinuousClock.Instant, _ ring: @escaping @Sendable () -> Void) -> UInt64 {
        let (number, isEarlier) = state.withLock { state in
            state.number += 1
            state.alarms[state.number] = (deadline, ring)
            // A sleeper that wakes later than this is left to itself: it will find that another came before it.
            let isEarlier = state.wakesAt.map { deadline < $0 } ?? true
            if isEarlier { state.wakesAt = deadline }
            return (state.number, isEarlier)
        }
        if isEarlier { sleep(until: deadline) }
        return number
    }

    private func remove(_ number: UInt64) { state.withLock { _ = $0.alarms.removeValue(forKey: number) } }

    private func sleep(until deadline: ContinuousClock.Instant) {
        Task.detached {
            // Nobody cancels it.
            try? await Task.sleep(until: deadline, clock: .continuous)
            self.wake(deadline)
        }
    }

    private func wake(_ planned: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        let (due, next) = state.withLock { state in
            let due = state.alarms.filter { $0.value.deadline <= now }
            for number in due.keys { state.alarms[number] = nil }
            // Only the sleeper that is waited for sleeps on.
            guard state.wakesAt.map({ $0 <= planned }) ?? false else { return (due, nil as ContinuousClock.Instant?) }
            state.wakesAt = state.alarms.values.map(\.deadline).min()
            return (due, state.wakesAt)
        }
        for alarm in due.values { alarm.ring() }
        if let next { sleep(until: next) }
    }
}
