public import EthPrimitives
public import EthRPC

/// A log that a receipt must hold.
public struct ExpectedLog: Sendable, Hashable {
    public var address: Address
    /// The event's first topic.
    public var topic: B256
    /// The first word of the data, where several effects share address and topic.
    public var word: B256?

    public init(address: Address, topic: B256, word: B256? = nil) {
        self.address = address
        self.topic = topic
        self.word = word
    }

    public func isShown(by logs: [Log]) -> Bool {
        logs.contains { log in
            guard log.address == address, log.topics.first == topic else { return false }
            return word.map { Array(log.data.prefix(32)) == $0.bytes } ?? true
        }
    }
}
