public import EthPrimitives

/// What the machine may spend and how patient it is. Times are counted in blocks, except the deadlines of wishes.
public struct TransactionPolicy: Codable, Sendable, Hashable {
    /// Wei per gas, for every form, cancels included.
    public var maxFeePerGas: Wei
    public var maxGasLimit: Gas
    /// Gas limit × fee cap of one form.
    public var maxSpendPerTransaction: Wei
    /// Over the 24 hours of block time before: what final transactions cost, and the most that those in flight can.
    public var maxSpendPerDay: Wei
    /// Blocks without inclusion before a replacement is signed, or the same bytes are sent again.
    public var bumpAfterBlocks: UInt64 = 2
    /// Blocks that a transaction without effect is deep before its wish may be tried again.
    public var confirmations: UInt64 = 3
    /// Nonces that wait to be mined at a time, 1 to 16 (geth guarantees 16 slots to an account).
    public var maxInFlight = 1
    /// Blocks that a nonce below others of ours stays free before it is filled.
    public var fillAfterBlocks: UInt64 = 4
    /// With an empty store: blocks in a row without own pending transactions before the first nonce is given out. Where nodes do not
    /// show their queues, only a number above the lifetime of a transaction in the pools leaves no doubt.
    public var adoptionQuietBlocks: UInt64 = 32
    /// With an empty store: blocks after which pending transactions of unknown content are no longer waited for. 900 blocks are
    /// the 3 hours for which geth's pool keeps a transaction.
    public var adoptionPatience: UInt64 = 900
    /// Blocks for which a wish counts that was not repeated.
    public var wishLastsBlocks: UInt64 = 5

    public init(maxFeePerGas: Wei, maxGasLimit: Gas, maxSpendPerTransaction: Wei, maxSpendPerDay: Wei) {
        self.maxFeePerGas = maxFeePerGas
        self.maxGasLimit = maxGasLimit
        self.maxSpendPerTransaction = maxSpendPerTransaction
        self.maxSpendPerDay = maxSpendPerDay
    }

    /// The most per gas for a form with this limit: the cap per gas and the cap per transaction, whichever is lower.
    public func cap(gasLimit: Gas) -> Wei {
        guard gasLimit > 0 else { return maxFeePerGas }
        return min(maxFeePerGas, Wei(maxSpendPerTransaction.rawValue / UInt256(gasLimit)))
    }
}
