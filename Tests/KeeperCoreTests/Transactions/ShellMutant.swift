/// A deliberate bug in what stands between manager and world.
enum ShellMutant: String, Sendable, CaseIterable {
    /// A write counts as done when it is begun, and is done later: lost in a crash.
    case writesLater = "writes later"
    /// A write whose end is not known counts as failed.
    case uncertainIsFailed = "uncertain is failed"
    /// An answer that does not come in time counts as nothing sent.
    case lostReplyIsUnsent = "lost reply is unsent"
    /// An outcome's line is written apart from its record.
    case linesApart = "lines apart"
    /// Words of storage are those of the head, not of the block that is named.
    case wordsAtHead = "words at head"
}
