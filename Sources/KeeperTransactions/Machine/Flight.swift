import EthPrimitives
import EthRPC
import EthTransactions

/// What this process knows of a bound nonce beyond its record: gone after a restart, found out again from the chain.
struct Flight: Sendable {
    var nonce: Nonce

    /// Broadcasts that may have sent a byte. After a restart nobody knows how many there were.
    var sends: Int
    /// Broadcasts without an answer yet.
    var outstanding = 0
    /// Height of the head at the last broadcast of this process.
    var sentAt: UInt64?
    /// Whether a node is known to have taken the newest form.
    var isTaken = false
    /// The last refusal, if it came after the last acceptance.
    var refusal: NodeErrorKind?
    /// Blocks between broadcasts after refusals.
    var pause: UInt64 = 0
    /// Height of the head before which nothing is sent or signed for this nonce.
    var waitsUntil: UInt64 = 0
    /// A replacement is asked for however short the newest form has waited.
    var isPressed = false
    /// Height of the head up to which a node is taken to hold a form of this nonce that is dearer than the newest.
    var dearerUntil: UInt64 = 0
    /// Nodes refuse the intent's form for good.
    var isUnsendable = false

    // As of the last view.

    /// The receipt of one of its forms.
    var receipt: Receipt?
    /// What was read, or is gone, of the words that the intent's effects ask for. Kept: nodes forget states, often before they are final.
    var words: [WordPlace: WordReading] = [:]
    /// The account's nonce is beyond this one.
    var isUsed = false
    /// What is known is too little to act on.
    var isUnclear = false
    /// Whether a pool has one of the forms; `nil` if not asked.
    var isPooled: Bool?
    /// Somebody else's transaction that is final at this nonce.
    var foreign: TransactionHash?
    /// The receipt comes from a final block.
    var isLocated = false
    /// Height of the head at which the nonce was first seen used without a receipt.
    var unexplainedSince: UInt64?
    /// Height of the head before which no final block is searched again.
    var locateAt: UInt64 = 0

    /// Its end is being written.
    var isEnding = false
    /// The form that was last reported as mined, and where.
    var reported: (hash: TransactionHash, block: BlockHash)?
    var isConfirmed = false

    init(nonce: Nonce, sends: Int) {
        self.nonce = nonce
        self.sends = sends
    }

    /// Bytes of a form may have left a process of ours.
    var isTouched: Bool { sends > 0 }
}
