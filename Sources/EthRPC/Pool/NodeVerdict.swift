/// What an error says about the node that gave it: whether its word counts, and whether to ask another one.
enum NodeVerdict: Sendable, Hashable {
    /// Every node would say the same: a revert, a wrong parameter.
    case final
    /// This node cannot tell, another may: an unknown block, pruned state, a method that it does not have.
    case elsewhere
    /// Nothing usable came: the node, or the way to it, is in trouble.
    case trouble
    /// The node wants fewer requests; for that long, if it says so.
    case throttled(Duration?)

    init(_ error: RPCError) {
        switch error.code {
        case .unreachable, .connectionLost, .timeout, .notJSON, .truncated, .wrongID, .notJSONRPC, .protocolViolation:
            self = .trouble
        case .rateLimited: self = .throttled(error.retryAfter)
        case .httpStatus: self = error.retryAfter.map { .throttled($0) } ?? .trouble
        // Too large for this node's answer: another one's may be smaller, such as where this one's is no answer at all.
        case .malformedResult, .tooLarge: self = .elsewhere
        case .badEndpoint, .noRecordedAnswer: self = .final
        case .node: self = error.nodeError.map { Self($0, error.retryAfter) } ?? .final
        }
    }

    /// - Parameter asked: the pause that came beside the error.
    private init(_ error: NodeError, _ asked: Duration?) {
        switch error.retry {
        case .sameNodeLater(let pause): self = .throttled(asked ?? pause)
        // It answers, but there is something wrong with it, or with our access to it.
        case .otherNode: self = Self.ailments.contains(error.kind) ? .trouble : .elsewhere
        // About the request, or about a transaction, which no pool repeats by itself.
        case .never, .smallerRequest, .resendSameBytes, .changeTransaction, .checkNonce, .watchHash: self = .final
        }
    }

    private static let ailments: Set<NodeErrorKind> = [.unauthorized, .quotaExceeded, .syncing, .unavailable]

    /// The worst among the answers to a batch; `final` if all of them count.
    init(_ responses: [RPCResponse]) {
        var worst = NodeVerdict.final
        for case .failure(let error) in responses.map(\.outcome) {
            let verdict = NodeVerdict(error)
            if verdict.weight > worst.weight { worst = verdict }
        }
        self = worst
    }

    private var weight: Int {
        switch self {
        case .final: 0
        case .elsewhere: 1
        case .trouble: 2
        case .throttled: 3
        }
    }
}
