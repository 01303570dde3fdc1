import Synchronization

/// One answer to whoever waits for it. It is given once; one who has gone away does not get it.
final class Reply<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
        case over
    }

    private let state = Mutex(State.open)

    init() {}

    /// - Returns: whether somebody gets it, as far as is known: nobody does after an answer before, or who waited has gone.
    @discardableResult
    func give(_ result: Result<Value, any Error>) -> Bool {
        let (isTaken, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            switch state {
            case .open:
                state = .given(result)
                return (true, nil)
            case .awaited(let waiter):
                state = .over
                return (true, waiter)
            case .given, .over: return (false, nil)
            }
        }
        waiter?.resume(with: result)
        return isTaken
    }

    /// Waits for the answer; called once.
    /// - Throws: what was given, or `CancellationError`.
    func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Value, any Error>? = state.withLock { state in
                    switch state {
                    case .open:
                        state = .awaited(continuation)
                        return nil
                    case .given(let result):
                        state = .over
                        return result
                    case .awaited, .over: return .failure(CancellationError())
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            leave()
        }
    }

    private func leave() {
        let waiter = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            switch state {
            case .open, .over: state = .over
            case .given: return nil
            case .awaited(let waiter):
                state = .over
                return waiter
            }
            return nil
        }
        waiter?.resume(throwing: CancellationError())
    }
}
