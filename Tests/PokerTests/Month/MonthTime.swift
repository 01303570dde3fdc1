import Foundation
import Synchronization

@testable import KeeperApp

/// The time of a simulated month: services sleep until the driver goes on to the next moment, and the driver waits until all of them sleep.
final class MonthTime: Sendable {
    private struct State {
        /// Unix milliseconds.
        var now: UInt64
        var sleepers: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var next: UInt64 = 0
        /// How many services there are.
        var services = 0
        var driver: CheckedContinuation<Void, Never>?

        /// Whoever waits until all sleep, if they do.
        mutating func takeDriver() -> CheckedContinuation<Void, Never>? {
            guard sleepers.count >= services else { return nil }
            defer { driver = nil }
            return driver
        }
    }

    private let state: Mutex<State>

    init(at seconds: UInt64) { state = Mutex(State(now: seconds * 1000)) }

    var now: UInt64 { state.withLock { $0.now } }

    var loopTime: LoopTime { LoopTime(now: { self.now }, sleep: { _ in try await self.sleep() }) }

    /// Whoever sleeps is woken at the next moment, however long it wanted to.
    private func sleep() async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let driver = state.withLock { state in
                    state.sleepers[id] = continuation
                    return state.takeDriver()
                }
                driver?.resume()
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: UInt64) {
        state.withLock { $0.sleepers.removeValue(forKey: id) }?.resume(throwing: CancellationError())
    }

    /// So many more services sleep from now on, or fewer.
    func expect(_ change: Int) { state.withLock { $0.services += change } }

    /// Goes on to a moment and wakes everybody.
    func advance(to seconds: UInt64) {
        let sleepers = state.withLock { state in
            state.now = seconds * 1000
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    /// Waits until every service sleeps.
    func settle() async {
        await withCheckedContinuation { continuation in
            let driver = state.withLock { state in
                state.driver = continuation
                return state.takeDriver()
            }
            driver?.resume()
        }
    }
}
