public import EthRPC
internal import Synchronization

extension LocalChain: HeadSubscribing {
    /// Every head from now on, that of a new branch once; it never ends by itself.
    public func heads() -> AsyncThrowingStream<BlockHeader, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: BlockHeader.self)
        let number = with { shared in
            shared.listened += 1
            shared.listeners[shared.listened] = continuation
            return shared.listened
        }
        continuation.onTermination = { [weak self] _ in
            self?.with { $0.listeners[number] = nil }
        }
        return stream
    }
}
