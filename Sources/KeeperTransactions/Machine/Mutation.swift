/// Deliberate bugs in the machine's decisions, which the simulator must find. No configuration reaches them: only code of this
/// package can ask for one.
package struct Mutation: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The first bytes are sent before the record of them is durable.
    package static let sendBeforePersist = Mutation(rawValue: 1 << 0)
    /// No answer counts as no byte sent.
    package static let lostReplyIsUnsent = Mutation(rawValue: 1 << 1)
    /// A replacement raises both caps by 5 %.
    package static let bumpBelowRule = Mutation(rawValue: 1 << 2)
    /// A nonce that is used without a receipt ends the binding as failed at once.
    package static let nullReceiptIsFailure = Mutation(rawValue: 1 << 3)
    /// At the cap nothing is sent again, at no price.
    package static let capJam = Mutation(rawValue: 1 << 4)
    /// A transaction that was mined once counts as mined for ever.
    package static let forgottenReorg = Mutation(rawValue: 1 << 5)
    /// After a restart only the newest form of each nonce is known.
    package static let restartForgetsForms = Mutation(rawValue: 1 << 6)
    /// Status 1 counts as effect.
    package static let effectUnchecked = Mutation(rawValue: 1 << 7)
    /// A cancel that a node took counts as won.
    package static let cancelWins = Mutation(rawValue: 1 << 8)
    /// A nonce beyond ours without a receipt counts as somebody else's transaction at first sight.
    package static let foreignAtFirstSight = Mutation(rawValue: 1 << 9)
    /// A wish that expired gives its nonce back although bytes were sent.
    package static let expiryReleasesSent = Mutation(rawValue: 1 << 10)
    /// What is in flight does not count for the day's cap.
    package static let dayIgnoresReserved = Mutation(rawValue: 1 << 11)
    /// The intent of a slow transaction is sent again with a new nonce.
    package static let retryWithNewNonce = Mutation(rawValue: 1 << 12)
    /// An outcome is final after one confirmation.
    package static let finalAtOnce = Mutation(rawValue: 1 << 13)
    /// After the store was lost, new nonces are given out at once.
    package static let blindAdoption = Mutation(rawValue: 1 << 14)
    /// New nonces are taken from what a node says is pending.
    package static let nonceFromPending = Mutation(rawValue: 1 << 15)
    /// A refused transaction is sent again without a pause.
    package static let noBackoff = Mutation(rawValue: 1 << 16)
    /// A replacement takes the gas limit that is wished now, even if it is lower.
    package static let gasLimitFalls = Mutation(rawValue: 1 << 17)
    /// A nonce is released although forms above it are out.
    package static let releaseLeavesGap = Mutation(rawValue: 1 << 19)
    /// What was bound before a restart is not counted as perhaps sent.
    package static let restartAssumesUnsent = Mutation(rawValue: 1 << 20)
    /// The price ignores the cap per gas.
    package static let capIgnored = Mutation(rawValue: 1 << 21)
    /// Words of storage count as they should be.
    package static let storageUnchecked = Mutation(rawValue: 1 << 22)
    /// Words of storage are read at the head instead of at the receipt's block.
    package static let storageReadElsewhere = Mutation(rawValue: 1 << 23)
    /// A word that was read is not kept for the next view.
    package static let storageForgotten = Mutation(rawValue: 1 << 24)
    /// A word that could not be read counts as gone.
    package static let unreadIsGone = Mutation(rawValue: 1 << 25)
}
