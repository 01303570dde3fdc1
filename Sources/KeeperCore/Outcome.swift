public import KeeperTransactions
public import EthPrimitives

/// What became of an action at one head.
public enum Outcome: Codable, Sendable, Hashable {
    /// Nothing was to be sent.
    case noted
    /// A dry run would have sent it.
    case wouldSend(intent: IntentID)
    /// Signed, persisted and handed to the node. A refusal is what the node said against it; the bytes may be out all the same.
    case broadcast(intent: IntentID, nonce: Nonce, hash: TransactionHash, refusal: String?)
    /// An earlier attempt is still unmined.
    case pending(intent: IntentID, hash: TransactionHash)
    /// Another intent of this key must be settled first.
    case deferred(intent: IntentID, by: IntentID)
    /// Mined, and every expected effect is in its logs.
    case minedWithEffect(intent: IntentID, mined: Mined)
    /// Mined, but these effects are missing.
    case minedWithoutEffect(intent: IntentID, mined: Mined, missing: [String])
    /// Already reached in this epoch.
    case alreadyDone(intent: IntentID)
    /// Not sent, for this reason.
    case refused(intent: IntentID, reason: String)

    /// The facts of a mined attempt.
    public struct Mined: Codable, Sendable, Hashable {
        public var hash: TransactionHash
        public var block: UInt64
        public var succeeded: Bool
        public var gasUsed: Gas
        public var gasLimit: Gas
        /// Limit × cap.
        public var reserved: Wei
        /// Expected when decided.
        public var expected: Wei
        /// Gas used × effective price.
        public var actual: Wei
    }
}
