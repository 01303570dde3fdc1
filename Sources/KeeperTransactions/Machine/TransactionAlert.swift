public import EthPrimitives
public import EthRPC

/// What people should know. One that lasts is repeated every 32 blocks.
public enum TransactionAlert: Sendable, Hashable {
    /// A transaction that is not ours used a nonce of the account: the key is shared, or stolen.
    /// The hash comes with certainty, once it is final.
    case foreign(nonce: Nonce, TransactionHash?)
    /// A nonce is used, and no receipt shows by which transaction.
    case unexplained(nonce: Nonce)
    /// What a mined form should have brought about in storage could not be read for eight blocks: its outcome waits.
    case effectUnread(nonce: Nonce)
    /// Views in a row show less than what was final: the nodes follow another chain, or one that was undone beyond finality.
    case finalUndone(nonce: Nonce, floor: Nonce)
    /// A form pays more than nine tenths of recent blocks and is not mined: something else keeps it out.
    case priceIsNotTheProblem(nonce: Nonce)
    /// A replacement would exceed a cap.
    case atCap(nonce: Nonce)
    /// The balance does not cover what is wished.
    case balance
    /// A node refuses a form.
    case refused(nonce: Nonce, NodeErrorKind)
    /// Every try that a wish has was mined without effect, and it is wished again.
    case triesUsed(IntentID)
    /// The store is new, and the account has pending transactions that it does not know.
    case pendingUnknown(confirmed: Nonce, pending: Nonce)
    /// They were waited for as long as the policy says; nonces are given out again.
    case adoptedRegardless(nonce: Nonce)
    /// A nonce below others of ours is free: it is filled.
    case filling(nonce: Nonce)
    case signer(String)
    case store(String)
    /// The state contradicts itself: nothing is signed until the process begins anew.
    case broken(RecordError)
}
