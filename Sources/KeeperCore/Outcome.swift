public import KeeperTransactions
public import EthPrimitives

/// What became of an action at one head.
public enum Outcome: Codable, Sendable, Hashable {
    /// Nothing was to be sent.
    case noted
    /// A dry run would have sent it.
    case wouldSend(intent: IntentID)
    /// Signed, persisted and handed to the nodes.
    case broadcast(intent: IntentID, nonce: Nonce, hash: TransactionHash)
    /// An empty transaction to oneself takes the nonce away from the intent; whichever of the two is mined decides.
    case cancelling(intent: IntentID, nonce: Nonce, hash: TransactionHash, cause: CancelCause)
    /// Signed before, and not final yet.
    case pending(intent: IntentID, hash: TransactionHash)
    /// A signed form is in a block, which a fork may still undo.
    case mined(intent: IntentID, hash: TransactionHash, block: UInt64)
    /// The block that it was in is not on the chain any more: it waits again.
    case reorganised(intent: IntentID, hash: TransactionHash)
    /// Final: every expected effect is in its logs.
    case minedWithEffect(intent: IntentID, mined: Mined)
    /// Final: mined, but these effects are missing.
    case minedWithoutEffect(intent: IntentID, mined: Mined, missing: [String])
    /// Final: not mined before its deadline, and not wanted any more.
    case expired(intent: IntentID)
    /// Final: taken back, not mined.
    case cancelled(intent: IntentID, cause: CancelCause)
    /// Final: what it was for became true without it.
    case satisfiedByOther(intent: IntentID)
    /// Already reached in this epoch.
    case alreadyDone(intent: IntentID)
    /// Not sent now, for this reason.
    case refused(intent: IntentID, reason: String)

    /// The intent that it is about; `nil` where nothing was to be sent.
    public var intent: IntentID? {
        switch self {
        case .noted: nil
        case .wouldSend(let id), .broadcast(let id, _, _), .cancelling(let id, _, _, _), .pending(let id, _),
            .mined(let id, _, _),
            .reorganised(let id, _), .minedWithEffect(let id, _), .minedWithoutEffect(let id, _, _), .expired(let id),
            .cancelled(let id, _), .satisfiedByOther(let id), .alreadyDone(let id), .refused(let id, _):
            id
        }
    }

    /// The facts of a mined form.
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
