import Synchronization

/// State behind a lock that tasks can wait for: each change wakes those whose condition has come true. Nothing sleeps or polls.
final class Watched<State: Sendable>: Sendable {
    private typealias Action = @Sendable () -> Void

    private struct Waiter: Sendable {
        var id: UInt64
        /// Tries to take what it waits for; the closure that it returns wakes the task.
        var attempt: @Sendable (inout State) -> Action?
        var cancel: Action
    }

    private struct Inner: Sendable {
        var state: State
        var lastID: UInt64 = 0
        var waiters: [Waiter] = []
        var cancelled: Set<UInt64> = []

        /// Wakes everybody who can go on; whoever takes something may keep others waiting.
        mutating func settle() -> [Action] {
            var woken: [Action] = []
            var index = 0
            while index < waiters.count {
                if let wake = waiters[index].attempt(&state) {
                    woken.append(wake)
                    waiters.remove(at: index)
                    index = 0
                } else {
                    index += 1
                }
            }
            return woken
        }
    }

    private let inner: Mutex<Inner>

    init(_ state: State) { inner = Mutex(Inner(state: state)) }

    /// Reads or changes the state.
    @discardableResult
    func with<T: Sendable>(_ body: (inout State) -> T) -> T {
        let (result, woken) = inner.withLock { inner in
            let result = body(&inner.state)
            return (result, inner.settle())
        }
        for wake in woken { wake() }
        return result
    }

    /// Waits until the closure returns a value; it may take that value out of the state.
    /// - Throws: `CancellationError` when the task is cancelled.
    func wait<T: Sendable>(for take: @escaping @Sendable (inout State) -> T?) async throws -> T {
        let id = inner.withLock { inner in
            inner.lastID += 1
            return inner.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
                begin(
                    Waiter(
                        id: id,
                        attempt: { state in
                            guard let value = take(&state) else { return nil }
                            return { continuation.resume(returning: value) }
                        },
                        cancel: { continuation.resume(throwing: CancellationError()) }))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func begin(_ waiter: Waiter) {
        let actions: [Action] = inner.withLock { inner in
            if inner.cancelled.remove(waiter.id) != nil { return [waiter.cancel] }
            inner.waiters.append(waiter)
            return inner.settle()
        }
        for action in actions { action() }
    }

    private func cancel(_ id: UInt64) {
        let waiter: Waiter? = inner.withLock { inner in
            guard let index = inner.waiters.firstIndex(where: { $0.id == id }) else {
                // It has not begun, or is over: then nobody asks for the id again.
                inner.cancelled.insert(id)
                return nil
            }
            return inner.waiters.remove(at: index)
        }
        waiter?.cancel()
    }
}
