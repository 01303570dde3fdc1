public import EthPrimitives
public import EthRPC

/// News of one intent. All but `final` may be undone by the next.
public struct TransactionReport: Sendable, Hashable {
    /// `nil` of a filler.
    public var key: IntentKey?
    public var news: News

    public enum News: Sendable, Hashable {
        /// It waits for its nonce.
        case deferred(Deferral)
        /// A form is durable and goes out.
        case sent(nonce: Nonce, hash: TransactionHash, FormPurpose, FeeOffer)
        /// A node's refusal; the bytes may be out all the same.
        case refused(TransactionHash, NodeErrorKind)
        /// A form has a receipt.
        case mined(TransactionHash, block: UInt64, FormPurpose)
        /// The form that has a receipt is as deep as the policy asks.
        case confirmed(TransactionHash, block: UInt64)
        /// The form that had a receipt has none any more.
        case reorganised(TransactionHash)
        /// Its nonce went to somebody else's transaction, or was never used: it waits for another.
        case unbound(nonce: Nonce)
        /// The outcome is durable.
        case final(IntentOutcome)
    }

    /// Why an intent has no nonce yet.
    public enum Deferral: Sendable, Hashable {
        /// As many nonces as allowed wait to be mined.
        case inFlight
        /// The account's history is not known to be over.
        case adoption
        case paused
        /// The next block's base fee is above what the caps admit.
        case price
        case gasLimit
        case dayCap
        case balance
    }
}
