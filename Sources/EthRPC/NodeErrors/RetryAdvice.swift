/// What may be done after a node's error. A transaction is never repeated blindly: only `resendSameBytes` allows it to be sent again
/// as it is, because nothing else can come of that.
public enum RetryAdvice: Sendable, Hashable {
    /// The same request fails everywhere and always.
    case never
    /// The same node may answer after this time.
    case sameNodeLater(after: Duration)
    /// Another node may answer at once; this one does not.
    case otherNode
    /// The same question in smaller pieces.
    case smallerRequest
    /// Nothing is wrong with the signed bytes: they, and no others, may be sent again after this time.
    case resendSameBytes(after: Duration)
    /// Sign again for the same nonce with other fees, gas or value.
    case changeTransaction
    /// Read the account's nonce and the receipts of all own hashes of this nonce before anything else.
    case checkNonce
    /// The node has the transaction: watch its hash, send nothing.
    case watchHash
}
