import Foundation
import Synchronization

/// Lines of a pipe as they come; waiting for a line needs no sleep.
final class LineReader: Sendable {
    private struct State {
        var lines: [String] = []
        var partial = ""
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Reads in a thread of its own until the pipe is closed; the thread keeps the pipe.
    init(_ pipe: Pipe) {
        Thread.detachNewThread { [weak self] in
            while true {
                let data = pipe.fileHandleForReading.availableData
                self?.take(data)
                if data.isEmpty { return }
            }
        }
    }

    private func take(_ data: Data) {
        let waiters = state.withLock { state in
            if data.isEmpty { state.isClosed = true }
            state.partial += String(decoding: data, as: UTF8.self)
            var parts = state.partial.components(separatedBy: "\n")
            state.partial = parts.removeLast()
            state.lines += parts
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    var lines: [String] { state.withLock { $0.lines } }

    /// The first line at or after a position that fits, with the position after it; `nil` when the pipe is closed.
    func line(after position: Int, where fits: @Sendable (String) -> Bool) async -> (line: String, next: Int)? {
        var next = position
        while true {
            let (lines, closed) = state.withLock { ($0.lines, $0.isClosed) }
            while next < lines.count {
                next += 1
                if fits(lines[next - 1]) { return (lines[next - 1], next) }
            }
            if closed { return nil }
            let seen = lines.count
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    if state.lines.count > seen || state.isClosed { return true }
                    state.waiters.append(continuation)
                    return false
                }
                if ready { continuation.resume() }
            }
        }
    }
}
