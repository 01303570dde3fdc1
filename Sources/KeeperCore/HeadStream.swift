public import EthRPC

/// Heads by polling `latest`: each new hash once. Waiting is injected, so that tests need no time.
public struct HeadStream: Sendable {
    let provider: Provider
    let wait: @Sendable (_ last: BlockHeader) async throws -> Void
    private var last: BlockHeader?

    /// - Parameter wait: called after a poll that brought nothing new, with the newest head.
    public init(_ provider: Provider, wait: @escaping @Sendable (_ last: BlockHeader) async throws -> Void) {
        self.provider = provider
        self.wait = wait
    }

    /// The next head that differs from the one before; polls until there is one.
    /// - Throws: `RPCError` if a poll fails; calling again goes on.
    public mutating func next() async throws -> BlockHeader {
        while true {
            let head = try await provider.head()
            if head.hash != last?.hash {
                last = head
                return head
            }
            try await wait(head)
        }
    }
}
