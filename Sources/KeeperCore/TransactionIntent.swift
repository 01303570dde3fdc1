public import EthPrimitives
public import EthRPC
public import EthTransactions

/// Identity of a wish: the same keeper wanting the same of the same epoch wants one thing, however often it says so.
public struct IntentID: Codable, Sendable, Hashable, CustomStringConvertible {
    public var keeper: String
    public var target: String
    /// The period that the wish belongs to, such as an oracle's slot in unix seconds.
    public var epoch: UInt64

    public init(keeper: String, target: String, epoch: UInt64) {
        self.keeper = keeper
        self.target = target
        self.epoch = epoch
    }

    public var description: String { "\(keeper)/\(epoch)/\(target)" }
}

/// What a keeper wants on chain, and what must be true afterwards.
public struct TransactionIntent: Codable, Sendable, Hashable {
    public var id: IntentID
    public var to: Address
    public var data: Bytes
    public var gasLimit: Gas
    /// What the transaction is expected to use.
    public var gasExpected: Gas
    public var fees: FeeCaps
    /// Base fee expected at inclusion.
    public var baseFeePerGas: Wei
    /// Logs that the receipt must show; status 1 alone proves nothing.
    public var effects: [ExpectedEffect]
    /// Unix seconds after which the wish is late.
    public var deadline: UInt64
    /// Mined attempts allowed in this epoch.
    public var maxAttempts: Int

    public init(
        id: IntentID, to: Address, data: Bytes, gasLimit: Gas, gasExpected: Gas, fees: FeeCaps, baseFeePerGas: Wei,
        effects: [ExpectedEffect], deadline: UInt64, maxAttempts: Int
    ) {
        self.id = id
        self.to = to
        self.data = data
        self.gasLimit = gasLimit
        self.gasExpected = gasExpected
        self.fees = fees
        self.baseFeePerGas = baseFeePerGas
        self.effects = effects
        self.deadline = deadline
        self.maxAttempts = maxAttempts
    }

    /// What the wallet must hold: limit × cap, refunded down to the actual cost.
    public var reserved: Wei { fees.maxFeePerGas * gasLimit }

    /// What it should cost: expected gas × (base fee + priority fee), the price never above the cap.
    public var expectedCost: Wei { min(baseFeePerGas + fees.maxPriorityFeePerGas, fees.maxFeePerGas) * gasExpected }
}

/// A log that shows that a part of the intent happened.
public struct ExpectedEffect: Codable, Sendable, Hashable {
    /// What is reached, for people.
    public var name: String
    public var address: Address
    /// The event's first topic.
    public var topic: B256
    /// The first word of the data, where several effects share address and topic.
    public var word: B256?

    public init(name: String, address: Address, topic: B256, word: B256? = nil) {
        self.name = name
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
