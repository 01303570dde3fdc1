import KeeperTransactions

/// A deliberate bug that the simulator must find.
public struct Mutant: Sendable {
    public let name: String
    let mutations: Mutation
    /// Two processes run with the same key and the same store.
    let ignoresLock: Bool

    init(_ name: String, _ mutations: Mutation, ignoresLock: Bool = false) {
        self.name = name
        self.mutations = mutations
        self.ignoresLock = ignoresLock
    }

    public static let all: [Mutant] = [
        Mutant("nonce before persist", .sendBeforePersist),
        Mutant("lost reply treated as unsent", .lostReplyIsUnsent),
        Mutant("bump below the rule", .bumpBelowRule),
        Mutant("null receipt as failure", .nullReceiptIsFailure),
        Mutant("cap jam", .capJam),
        Mutant("double start", [], ignoresLock: true),
        Mutant("forgotten reorg", .forgottenReorg),
        Mutant("restart forgetting attempts", .restartForgetsForms),
        Mutant("effect not checked", .effectUnchecked),
        Mutant("cancel racing success", .cancelWins),
        Mutant("foreign at first sight", .foreignAtFirstSight),
        Mutant("expiry releases a sent nonce", .expiryReleasesSent),
        Mutant("day ignores reserved", .dayIgnoresReserved),
        Mutant("retry with new nonce", .retryWithNewNonce),
        Mutant("final at once", .finalAtOnce),
        Mutant("blind adoption", .blindAdoption),
        Mutant("nonce from pending", .nonceFromPending),
        Mutant("no backoff", .noBackoff),
        Mutant("gas limit falls", .gasLimitFalls),
        Mutant("release leaves gap", .releaseLeavesGap),
        Mutant("restart assumes unsent", .restartAssumesUnsent),
        Mutant("cap ignored", .capIgnored),
        Mutant("storage not checked", .storageUnchecked),
        Mutant("storage read elsewhere", .storageReadElsewhere),
        Mutant("storage forgotten", .storageForgotten),
        Mutant("unread counts as gone", .unreadIsGone),
    ]

    public static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }
}
