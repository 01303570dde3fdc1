/// What must hold in every run.
public enum Invariant: String, Sendable, CaseIterable {
    case durableBeforeSent = "a form is durable before its first byte is sent"
    case oneNonce = "an intent has one nonce until that is over for good"
    case oneIntent = "a nonce serves one intent"
    case released = "a nonce is released only if no byte was sent"
    case displaced = "a nonce counts as somebody else's only if it is"
    case noGap = "a new nonce leaves no gap"
    case priceCap = "no form is above the caps per gas and per transaction"
    case admitted = "the signer's policy admits what the machine asks to sign"
    case dayCap = "what was spent and what may be is within the cap of the day"
    case replacementRule = "a replacement is 10 % above the form before it, or below it"
    case gasLimit = "the gas limit of an intent's forms never falls"
    case sendsInBounds = "the same bytes are not sent over and over without a change"
    case blind = "after a loss of the store nothing is signed while a pool has what was signed before"
    case records = "the records do not contradict each other"
    case replay = "the records alone give the state"
    case cause = "what is wished is not cancelled"
    case oneMined = "at most one transaction of an intent's try is mined"
    case outcome = "the outcome is what happened"
    case unverified = "an effect is not verified only if nobody read it and no node has the state"
    case finalReport = "what is reported as final is durable"
    case everyOutcome = "every intent gets its outcome when the world calms"
    case leftUnmined = "a wish that can be paid is fulfilled when the world calms"
    case leftPending = "nothing of ours is left in the pools when the world calms"
    case listed = "every transition is in the table"
}

/// An invariant that did not hold.
public struct Violation: Error, Sendable, CustomStringConvertible {
    public let invariant: Invariant
    public let detail: String

    public var description: String { "\(invariant.rawValue): \(detail)" }
}
