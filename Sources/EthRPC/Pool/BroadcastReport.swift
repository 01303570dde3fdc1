public import EthPrimitives

/// What the nodes made of signed bytes.
public struct BroadcastReport: Sendable {
    /// What one node made of them.
    public enum Outcome: Sendable {
        /// It took them and named their hash.
        case accepted
        /// It had them already: asked, it showed a transaction of that hash.
        case alreadyKnown
        /// It said no.
        case refused(RPCError)
        /// No usable answer: it may have them all the same.
        case noAnswer(RPCError)
    }

    /// Keccak-256 of the bytes.
    public var hash: TransactionHash
    /// By node, in the order of the configuration.
    public var outcomes: [(endpoint: String, outcome: Outcome)]

    public init(hash: TransactionHash, outcomes: [(endpoint: String, outcome: Outcome)]) {
        self.hash = hash
        self.outcomes = outcomes
    }

    /// Whether a node has the transaction for certain.
    public var isAccepted: Bool {
        outcomes.contains { entry in
            switch entry.outcome {
            case .accepted, .alreadyKnown: true
            case .refused, .noAnswer: false
            }
        }
    }

    /// `own-geth: accepted; hosted: nonce too low`
    public var summary: String {
        outcomes.map { entry in
            switch entry.outcome {
            case .accepted: "\(entry.endpoint): accepted"
            case .alreadyKnown: "\(entry.endpoint): already known"
            case .refused(let error): "\(entry.endpoint): \(error.message)"
            case .noAnswer(let error): "\(entry.endpoint): no usable answer (\(error.message))"
            }
        }.joined(separator: "; ")
    }

    /// The error when no node has the transaction for certain: a node's refusal before a failure to reach one, for it says more.
    public var error: RPCError? {
        guard !isAccepted else { return nil }
        var failure: RPCError?
        for entry in outcomes {
            switch entry.outcome {
            case .accepted, .alreadyKnown: break
            case .refused(let error): return outcomes.count == 1 ? error : Self.told(error, summary)
            case .noAnswer(let error): failure = failure ?? error
            }
        }
        return failure.map { outcomes.count == 1 ? $0 : Self.told($0, summary) }
    }

    private static func told(_ error: RPCError, _ summary: String) -> RPCError {
        var error = error
        error.message = summary
        error.endpoint = nil
        return error
    }
}
