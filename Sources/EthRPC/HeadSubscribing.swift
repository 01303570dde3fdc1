/// Where new heads come from: polling, or a node that pushes them.
public protocol HeadSubscribing: Sendable {
    /// Heads as the source gives them: some may be missing, come twice or go back. It ends with an error when the source is down;
    /// asking again begins anew.
    func heads() -> AsyncThrowingStream<BlockHeader, any Error>
}
