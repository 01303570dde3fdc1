import Synchronization

/// Messages in the order of their posting, for one reader.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<Message?, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    init() {}

    /// - Returns: whether it was taken; not after the closing.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<Message?, Never>?) in
            guard !state.isClosed else { return (false, nil) }
            guard let reader = state.reader else {
                state.messages.append(message)
                return (true, nil)
            }
            state.reader = nil
            return (true, reader)
        }
        reader?.resume(returning: message)
        return isTaken
    }

    /// Whether nothing waits to be read.
    var isEmpty: Bool { state.withLock { $0.messages.isEmpty } }

    /// The next message; `nil` once it is closed, or the reader's task is cancelled.
    func next() async -> Message? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Message?? = state.withLock { state in
                    if state.isClosed { return .some(nil) }
                    if !state.messages.isEmpty { return state.messages.removeFirst() }
                    state.reader = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            wake()
        }
    }

    /// Takes no more messages.
    /// - Returns: those that nobody read.
    func close() -> [Message] {
        let (rest, reader) = state.withLock { state in
            defer { (state.isClosed, state.messages, state.reader) = (true, [], nil) }
            return (state.messages, state.reader)
        }
        reader?.resume(returning: nil)
        return rest
    }

    /// The reader goes; what was posted stays until the closing.
    private func wake() {
        let reader = state.withLock { state in
            defer { (state.isClosed, state.reader) = (true, nil) }
            return state.reader
        }
        reader?.resume(returning: nil)
    }
}
