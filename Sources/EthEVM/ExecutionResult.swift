public import EthPrimitives
public import EthTransactions

/// What became of a transaction.
public struct ExecutionResult: Hashable, Sendable {
    public var outcome: FrameOutcome
    /// What the sender pays for, refunds taken off, at least the floor of EIP-7623.
    public var gasUsed: Gas
    /// The refund that was taken off: at most a fifth of the gas spent (EIP-3529).
    public var gasRefunded: Gas
    /// Gas spent before any refund: a limit below it cannot do.
    public var gasSpent: Gas
    /// What the outermost call returned, or the data of its revert.
    public var output: [UInt8]
    /// The contract that the transaction created.
    public var createdAddress: Address?
    /// Empty unless the outermost frame succeeded.
    public var logs: [EVMLog]
    /// Accounts and slots that were touched, whatever became of it, in ascending order: sender, recipient and precompiled contracts too.
    public var touched: AccessList
    /// What the reader did not know; the rest of the result is a guess unless this is empty.
    public var misses: StateMisses
    /// The outermost call with all inner ones; `nil` unless asked for.
    public var trace: FrameTrace?

    /// The status of the receipt.
    public var succeeded: Bool { outcome.succeeded }
}
