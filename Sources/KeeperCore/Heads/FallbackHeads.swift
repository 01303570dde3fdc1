public import EthRPC
import Synchronization

/// Heads that a node pushes, and polling for as long as it is silent or down.
public struct FallbackHeads: HeadSubscribing {
    private let pushed: any HeadSubscribing
    private let polled: any HeadSubscribing
    private let silence: Duration
    private let pause: Duration
    private let clock: RPCClock
    private let untilStopped: @Sendable () async -> Void

    /// - Parameters:
    ///   - silence: without a pushed head for so long, heads are polled until one is pushed again.
    ///   - pause: before a subscription that broke is made anew.
    ///   - untilStopped: returns when no more heads are wanted; the stream ends then.
    public init(
        _ pushed: any HeadSubscribing, else polled: any HeadSubscribing, silence: Duration, pause: Duration = .seconds(2),
        clock: RPCClock = .continuous, untilStopped: @escaping @Sendable () async -> Void
    ) {
        self.pushed = pushed
        self.polled = polled
        self.silence = silence
        self.pause = pause
        self.clock = clock
        self.untilStopped = untilStopped
    }

    /// Which side gives the heads now. One value, one lock.
    private final class Watch: Sendable {
        struct State {
            var heardAt: Duration
            var isDown = false
        }

        private let state: Mutex<State>

        init(at now: Duration) { state = Mutex(State(heardAt: now)) }

        func heard(at now: Duration) { state.withLock { $0 = State(heardAt: now) } }
        func broke() { state.withLock { $0.isDown = true } }

        /// When polling is to begin, unless a head is pushed before.
        func due(after silence: Duration) -> Duration { state.withLock { $0.isDown ? .zero : $0.heardAt + silence } }
    }

    /// The stream ends with an error when polling fails while nothing is pushed. Both sides may give the same head: `HeadChain`
    /// takes it once.
    public func heads() -> AsyncThrowingStream<BlockHeader, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let task = Task {
                let watch = Watch(at: clock.now)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await listen(watch, continuation) }
                    group.addTask { await standIn(watch, continuation) }
                    group.addTask { await untilStopped() }
                    // Listening goes on for ever: what ends first is the polling, by an error, or the wish for heads.
                    await group.next()
                    group.cancelAll()
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private typealias Continuation = AsyncThrowingStream<BlockHeader, any Error>.Continuation

    private func listen(_ watch: Watch, _ continuation: Continuation) async {
        while !Task.isCancelled {
            do {
                for try await head in pushed.heads() {
                    watch.heard(at: clock.now)
                    continuation.yield(head)
                }
            } catch {
                // A subscription that broke: heads are polled at once, until it is made anew.
            }
            watch.broke()
            // Cancelled: the loop ends by itself.
            try? await clock.sleep(until: clock.now + pause)  // see above
        }
    }

    /// Polls while nothing is pushed.
    private func standIn(_ watch: Watch, _ continuation: Continuation) async {
        do {
            while true {
                let due = watch.due(after: silence)
                guard due <= clock.now else {
                    // Woken early enough to see a subscription break.
                    try await clock.sleep(until: min(due, clock.now + pause))
                    continue
                }
                for try await head in polled.heads() {
                    continuation.yield(head)
                    if watch.due(after: silence) > clock.now { break }
                }
                try Task.checkCancellation()
            }
        } catch is CancellationError {
            // Nobody wants heads any more.
        } catch {
            continuation.finish(throwing: error)
        }
    }
}
