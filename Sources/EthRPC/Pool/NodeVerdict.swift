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
        case .unreachable, .timeout, .notJSON, .truncated, .wrongID, .notJSONRPC: self = .trouble
        case .httpStatus(429): self = .throttled(error.retryAfter)
        case .httpStatus: self = error.retryAfter.map { .throttled($0) } ?? .trouble
        case .malformedResult: self = .elsewhere
        case .tooLarge, .noRecordedAnswer: self = .final
        case .node(let code, _): self = Self.node(code, error)
        }
    }

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

    /// Codes: EIP-1474 and the JSON-RPC specification; 429 is what hosted providers put into the error object.
    private static func node(_ code: Int, _ error: RPCError) -> Self {
        switch code {
        case -32005, 429: return .throttled(error.retryAfter)
        case -32001, -32002, -32004, -32601, -32603: return .elsewhere
        default:
            let text = error.message.lowercased()
            return unknown.contains { text.contains($0) } ? .elsewhere : .final
        }
    }

    /// Phrases of nodes that lack a block or its state.
    private static let unknown = [
        "header not found", "unknown block", "block not found", "missing trie node", "state is not available",
        "state not available",
        "pruned", "historical state",
    ]
}
