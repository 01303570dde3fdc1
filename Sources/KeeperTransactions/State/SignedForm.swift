public import EthPrimitives
public import EthTransactions

/// One signed form of a nonce. Of all forms of a nonce at most one is mined, and it may be any of them.
public struct SignedForm: Codable, Sendable, Hashable {
    public var hash: TransactionHash
    /// What `eth_sendRawTransaction` takes.
    public var bytes: Bytes
    public var purpose: FormPurpose
    /// Of a legacy form, its price twice.
    public var caps: FeeCaps
    public var gasLimit: Gas
    /// Height of the head at which it was asked for.
    public var block: UInt64

    public init(hash: TransactionHash, bytes: Bytes, purpose: FormPurpose, caps: FeeCaps, gasLimit: Gas, block: UInt64) {
        self.hash = hash
        self.bytes = bytes
        self.purpose = purpose
        self.caps = caps
        self.gasLimit = gasLimit
        self.block = block
    }

    /// The most that it can cost: limit × cap.
    public var reserve: Wei { caps.maxFeePerGas * gasLimit }
}
