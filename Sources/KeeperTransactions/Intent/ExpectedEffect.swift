public import EthPrimitives
public import EthRPC

/// What must be true after a transaction for a part of its intent to have happened.
public struct ExpectedEffect: Sendable, Hashable {
    /// What is reached, for people.
    public var name: String
    public var evidence: Evidence

    /// Where it shows.
    public enum Evidence: Sendable, Hashable {
        /// In the receipt.
        case log(ExpectedLog)
        /// In the state after the receipt's block.
        case word(ExpectedWord)
    }

    public init(name: String, _ evidence: Evidence) {
        self.name = name
        self.evidence = evidence
    }

    /// A log: see `ExpectedLog`.
    public init(name: String, address: Address, topic: B256, word: B256? = nil) {
        self.init(name: name, .log(ExpectedLog(address: address, topic: topic, word: word)))
    }

    /// Whether a receipt's logs show it; a word of storage is never shown by logs.
    public func isShown(by logs: [Log]) -> Bool {
        switch evidence {
        case .log(let log): log.isShown(by: logs)
        case .word: false
        }
    }
}
