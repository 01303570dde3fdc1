/// What a node's error means, whatever client or provider said it and in whichever words.
public enum NodeErrorKind: String, Sendable, Hashable, CaseIterable {
    // Of a transaction and the pool.
    /// The pool has exactly this transaction.
    case alreadyKnown
    /// The node took the transaction and did not see it mined within the time it waits (EIP-7966).
    case acceptedNotMined
    /// The account has used this nonce: the transaction, or another of the same nonce, is mined.
    case nonceTooLow
    /// The nonce leaves a gap that the pool does not bridge.
    case nonceTooHigh
    /// Another transaction of this nonce waits, and the fees do not exceed its by the node's price bump.
    case replacementUnderpriced
    /// Below the price or the priority fee that the pool asks for.
    case underpriced
    /// `maxFeePerGas` is below the base fee of the block.
    case feeCapBelowBaseFee
    /// `maxPriorityFeePerGas` exceeds `maxFeePerGas`.
    case tipAboveFeeCap
    /// Fees exceed the cap that the node's operator has set for transactions over RPC.
    case feeCapExceeded
    /// The balance does not cover value and gas.
    case insufficientFunds
    /// The gas limit is below what the transaction costs before it executes (also the floor of EIP-7623).
    case intrinsicGasTooLow
    /// The gas limit exceeds that of a block, or that of a transaction (EIP-7825).
    case gasLimitTooHigh
    /// The pool takes no more transactions at this price.
    case poolFull
    /// The account has as many transactions in the pool as it may, such as one where it is delegated (EIP-7702).
    case accountLimit
    /// The account has transactions of another kind (blobs or others) in the pool, which exclude this one.
    case addressReserved
    /// The sender has code that is no delegation (EIP-3607).
    case senderNotEOA
    /// This node or this chain does not know the type of the transaction.
    case transactionTypeNotSupported
    /// Signed for another chain.
    case wrongChain
    /// The signature does not give a sender.
    case invalidSignature
    /// The transaction is larger than the node takes, or its init code larger than the protocol allows (EIP-3860).
    case transactionTooLarge
    /// `maxFeePerBlobGas` is below the blob base fee.
    case blobFeeCapTooLow
    /// The blobs, their proofs or their hashes are missing, too many or wrong.
    case blobInvalid
    /// The bytes are no transaction, or one that no node admits.
    case invalidTransaction

    // Of an execution.
    /// The call was executed and reverted; the error has the data that it returned.
    case executionReverted
    case outOfGas
    /// No gas limit up to the caller's, the balance's or the node's suffices.
    case gasAllowanceExceeded
    /// The call ran into a byte that is no instruction, such as INVALID.
    case invalidOpcode
    /// The call failed in the machine in another way, such as a stack underflow.
    case vmError

    // Of what the node knows.
    /// The node does not know a block of this hash or number.
    case blockNotFound
    /// The node knows the block, but it is not on its chain.
    case blockNotCanonical
    case transactionNotFound
    /// The node does not keep the state of that block (any more).
    case stateUnavailable
    /// The node does not keep the blocks or receipts of that time (any more; EIP-4444).
    case historyUnavailable
    /// The range of blocks is upside down, or ends beyond the node's head.
    case blockRangeInvalid
    /// The filter or subscription is gone, as after a restart of the node.
    case filterNotFound

    // Of the service.
    /// Too many requests within a short time.
    case rateLimited
    /// What the plan allows for a day or a month is spent.
    case quotaExceeded
    /// The key or the address of the caller is not admitted.
    case unauthorized
    /// More results, or a longer range of blocks, than the node gives at once.
    case resultTooLarge
    /// A batch, a body or a list that is longer than the node takes.
    case requestTooLarge
    /// The node stopped working on the request.
    case queryTimeout
    /// The node does not have the chain yet.
    case syncing
    /// The service cannot answer now.
    case unavailable

    // Of the request.
    case methodNotFound
    /// The method is there, but not what was asked of it.
    case unsupported
    case invalidParams
    case invalidRequest
    /// The node says that it failed, not why.
    case internalError = "internal"
    /// None of the wordings of the table.
    case unknown
}
