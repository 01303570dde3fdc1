public import EthRPC
import EthPrimitives
import Synchronization

/// Heads by asking for them: each hash that differs from the one before. Asking and waiting are injected, so that tests need no
/// time.
public struct PollingHeads: HeadSubscribing {
    private let poll: @Sendable (_ last: BlockHeader?) async throws -> BlockHeader
    private let wait: @Sendable (_ last: BlockHeader) async throws -> Void

    /// - Parameters:
    ///   - poll: asks for the newest head; is told the one before.
    ///   - wait: called after a poll that brought nothing new.
    public init(
        poll: @escaping @Sendable (_ last: BlockHeader?) async throws -> BlockHeader,
        wait: @escaping @Sendable (_ last: BlockHeader) async throws -> Void
    ) {
        self.poll = poll
        self.wait = wait
    }

    /// Nothing is asked before somebody waits for it.
    public func heads() -> AsyncThrowingStream<BlockHeader, any Error> {
        let newest = Mutex<BlockHeader?>(nil)
        let (poll, wait) = (poll, wait)
        return AsyncThrowingStream {
            while true {
                let last = newest.withLock { $0 }
                let head = try await poll(last)
                if head.hash != last?.hash {
                    newest.withLock { $0 = head }
                    return head
                }
                try await wait(head)
            }
        }
    }
}
