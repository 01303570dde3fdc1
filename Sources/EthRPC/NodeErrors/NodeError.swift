internal import EthCodec
public import EthPrimitives

/// A node's refusal, understood: what it means, what may be done, and what to tell people.
public struct NodeError: Sendable, Hashable, CustomStringConvertible {
    public let kind: NodeErrorKind
    /// The code as the node sent it, or the HTTP status where there was no more.
    public let code: Int
    /// The node's words: one line of at most 300 characters, without URLs, keys or tokens.
    public let text: String
    /// What the call returned when it reverted.
    public let revertData: [UInt8]?
    /// For `resultTooLarge`: the range that the node would answer, where it says so.
    public let suggestedRange: BlockRangeHint?
    /// The hash that the node names in a refusal of a transaction.
    public let namedHash: TransactionHash?
    /// The pause that the node asks for; where its error names one, from 1 to 300 seconds.
    public let retryAfter: Duration?

    /// - Parameters:
    ///   - data: the bytes in the error's data, if it has such.
    ///   - detail: the text of the error's data otherwise.
    ///   - retryAfter: the pause that the server asks for outside of the error.
    public init(
        code: Int, message: String, data: [UInt8]? = nil, detail: String? = nil, retryAfter: Duration? = nil
    ) {
        kind = NodeErrorTable.kind(code: code, message: message, detail: detail)
        self.code = code
        text = NodeText.excerpt(message)
        revertData = kind == .executionReverted ? data : nil
        suggestedRange = kind == .resultTooLarge ? BlockRangeHint(text: message, detail: detail) : nil
        namedHash = kind == .acceptedNotMined ? data.flatMap(TransactionHash.init) : Self.hash(in: message)
        self.retryAfter = retryAfter ?? detail.flatMap(Self.backoff)
    }

    /// What may be done.
    public var retry: RetryAdvice {
        guard let retryAfter else { return kind.advice.retry }
        return switch kind.advice.retry {
        case .sameNodeLater: .sameNodeLater(after: retryAfter)
        case .resendSameBytes: .resendSameBytes(after: retryAfter)
        case let other: other
        }
    }

    /// A sentence for people: what it means for them and what to do.
    public var advice: String { kind.advice.text }

    public var description: String { "\(kind.rawValue) (\(code)): \(text)" }

    /// Whether the refusal says that the node has the transaction of this hash: it is known already, and if the node names a hash,
    /// it is this one. The hash is the caller's own, computed from the bytes that it sent.
    public func confirms(_ hash: TransactionHash) -> Bool {
        (kind == .alreadyKnown || kind == .acceptedNotMined) && (namedHash == nil || namedHash == hash)
    }

    /// The first `0x` hash of a text.
    private static func hash(in text: String) -> TransactionHash? {
        for part in text.prefix(NodeText.limit * 2).split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where part.count == 66
        {
            // A word of this length that is no hash is of no interest.
            if let hash = try? TransactionHash(hex: String(part)) { return hash }
        }
        return nil
    }

    /// `backoff_seconds` anywhere in the data, as Infura writes it.
    private static func backoff(_ detail: String) -> Duration? {
        guard let at = detail.firstRange(of: "\"backoff_seconds\":"),
            case let parts = detail[at.upperBound...].prefix(while: { $0.isNumber || $0 == "." }).split(separator: "."),
            let whole = parts.first.flatMap({ Int64($0.prefix(9)) })
        else { return nil }
        // Any fraction of a second counts as one more.
        let seconds = parts.count > 1 && parts[1].contains { $0 != "0" } ? whole + 1 : whole
        return .seconds(min(300, max(1, seconds)))
    }
}

extension RPCError {
    /// The node's refusal, understood; `nil` for errors that are not a node's answer, such as a broken connection.
    public var nodeError: NodeError? {
        switch code {
        case .node(let code, let data):
            NodeError(code: code, message: message, data: data, detail: detail, retryAfter: retryAfter)
        case .rateLimited: NodeError(code: 429, message: message, retryAfter: retryAfter)
        case .httpStatus(let status): NodeError(code: status, message: message, retryAfter: retryAfter)
        default: nil
        }
    }
}
