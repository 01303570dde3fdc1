public import EthPrimitives

/// What a node says of a transaction that was not sent.
public struct NodeOpinion: Hashable, Sendable {
    /// How it was asked, the best first.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case simulate = "eth_simulateV1"
        /// Tests the outer call only, and answers with a limit.
        case estimate = "eth_estimateGas"
        case trace = "debug_traceCall"
    }

    public var method: Method
    /// Whether the outer call succeeds.
    public var succeeded: Bool
    /// Gas used; of an estimate the limit, `nil` where there is none.
    public var gas: Gas?
    /// Why it fails, in the node's words.
    public var failure: String?

    public init(_ method: Method, succeeded: Bool, gas: Gas?, failure: String? = nil) {
        self.method = method
        self.succeeded = succeeded
        self.gas = gas
        self.failure = failure
    }
}

/// Why a node has no opinion.
public struct NodeSilence: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable, CustomStringConvertible {
        case methodMissing
        /// The method looks at one transaction only, this one follows others.
        case sequence
        /// In the node's words.
        case refused(String)

        public var description: String {
            switch self {
            case .methodMissing: "not offered"
            case .sequence: "knows no transactions before this one"
            case .refused(let text): text
            }
        }
    }

    /// In the order in which they were tried.
    public var reasons: [NodeOpinion.Method: Reason]

    public init(_ reasons: [NodeOpinion.Method: Reason]) { self.reasons = reasons }

    public var description: String {
        let parts = NodeOpinion.Method.allCases.compactMap { method in reasons[method].map { "\(method.rawValue): \($0)" } }
        return "the node cannot simulate (\(parts.joined(separator: "; ")))"
    }
}
