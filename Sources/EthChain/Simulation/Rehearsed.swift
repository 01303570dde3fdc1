public import EthCodec
public import EthEVM
internal import EthPrimitives
public import EthTransactions

/// What became of a rehearsal.
public struct Rehearsed: Sendable {
    public var rehearsal: Rehearsal
    /// The block that the transactions were executed in.
    public var environment: BlockEnvironment
    /// One a transaction, in their order.
    public var transactions: [RehearsedTransaction]
    /// What all of them left behind: written slots, and accounts that are not what they were.
    public var changes: StateChanges
    /// What to fetch before the same is rehearsed again.
    public var pattern: AccessPattern
    /// The state that was needed: rehearsals on it again need no request.
    public var state: PinnedState
    /// Requests that were sent for it; one that a caller's own batch carried does not count.
    public var requests: Int
}

/// What became of one transaction of a rehearsal.
public struct RehearsedTransaction: Sendable {
    public var transaction: EVMTransaction
    public var result: ExecutionResult
    /// What to announce so that the same costs less (EIP-2930), if it does: not the accounts that are warm anyway. Whether it pays, only
    /// execution tells.
    public var accessList: AccessList
    /// Why it reverted; `nil` if it did not.
    public var revertReason: RevertReason?

    /// - Parameter environment: the block that it was executed in.
    public init(_ transaction: EVMTransaction, _ result: ExecutionResult, _ environment: BlockEnvironment) {
        self.transaction = transaction
        self.result = result
        let warm = [transaction.sender, transaction.recipient, environment.feeRecipient, result.createdAddress].compactMap { $0 }
        // Slots of a warm account have to be announced with it.
        accessList = AccessList(
            result.touched.entries.filter {
                !$0.storageKeys.isEmpty || !warm.contains($0.address) && !$0.address.isPrecompile(environment.fork)
            })
        revertReason = result.outcome == .reverted ? RevertReason.decode(result.output) : nil
    }
}
