public import EthPrimitives

/// The end of an intent's try.
public struct Settlement: Codable, Sendable, Hashable {
    public var key: IntentKey
    public var outcome: IntentOutcome
    /// The nonce that it had; `nil` if it never had one.
    public var nonce: Nonce?
    /// What this nonce cost: of the mined form, which may be a cancel.
    public var cost: Wei
    /// Unix seconds of the head at which it ended.
    public var time: UInt64
    /// The intent's, in unix seconds.
    public var deadline: UInt64

    public init(key: IntentKey, outcome: IntentOutcome, nonce: Nonce?, cost: Wei, time: UInt64, deadline: UInt64) {
        self.key = key
        self.outcome = outcome
        self.nonce = nonce
        self.cost = cost
        self.time = time
        self.deadline = deadline
    }
}
