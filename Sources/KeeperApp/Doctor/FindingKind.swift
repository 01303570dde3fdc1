extension Finding {
    /// What can be wrong, in a closed list. Each kind has an exit code; those without one are remarks.
    public enum Kind: String, Sendable, CaseIterable {
        /// Nodes answer a read of the same block differently: at least one is wrong.
        case answersDiffer = "answers-differ"
        /// Nodes have different blocks at the same height.
        case blocksDiffer = "blocks-differ"
        /// By its facts, other transactions would be sent.
        case decisionDiffers = "decision-differs"
        /// An answer that is not of the specification's form.
        case badAnswer = "bad-answer"
        case wrongChain = "wrong-chain"
        /// Its URL or its headers cannot be used.
        case badEndpoint = "bad-endpoint"
        /// Something that every keeper needs.
        case methodMissing = "method-missing"
        /// The clocks of this machine and of the chain do not fit.
        case clock
        /// The key cannot be read.
        case signer
        /// What the configuration names is not on the chain.
        case configuration
        /// The account cannot pay.
        case unfunded
        /// No usable answer.
        case unreachable
        /// The keeper cannot read its facts from it.
        case readsFail = "reads-fail"
        case lagging
        case staleHead = "stale-head"
        case syncing
        /// It wants fewer requests.
        case throttled
        /// Some exchanges failed, others did not.
        case unsteady
        /// Fewer nodes are fit than must agree.
        case fewNodes = "few-nodes"

        // Remarks.
        case slow
        /// Something that some keepers use.
        case methodAbsent = "method-absent"
        /// There was no answer to judge a capability by.
        case methodUnclear = "method-unclear"
        /// Answers that may differ among clients, such as gas estimates.
        case estimatesDiffer = "estimates-differ"
        /// Facts differ, and the decision is the same.
        case factsDiffer = "facts-differ"
        /// A key that others can read.
        case keyExposed = "key-exposed"
        /// The account holds less than one transaction may cost.
        case lowBalance = "low-balance"
        /// Transactions of the account wait.
        case pending

        /// What a program ends with because of it; `nil` for remarks.
        public var exitCode: KeeperExitCode? {
            switch self {
            case .answersDiffer, .blocksDiffer, .decisionDiffers, .badAnswer: .badData
            case .wrongChain, .badEndpoint, .methodMissing, .clock, .signer, .configuration, .unfunded: .configuration
            case .unreachable, .readsFail: .nodeUnreachable
            case .lagging, .staleHead, .syncing, .throttled, .unsteady, .fewNodes: .tryAgainLater
            case .slow, .methodAbsent, .methodUnclear, .estimatesDiffer, .factsDiffer, .keyExposed, .lowBalance, .pending: nil
            }
        }
    }

    /// The exit codes of findings, the gravest first: wrong answers make wrong decisions, what must be corrected comes before what is
    /// down, and what passes by itself comes last.
    static let gravity: [KeeperExitCode] = [.badData, .configuration, .nodeUnreachable, .tryAgainLater]
}
