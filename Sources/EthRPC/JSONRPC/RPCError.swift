import EthPrimitives

/// What went wrong between us and a node. The text never contains an endpoint's URL.
public struct RPCError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// The endpoint's URL or headers cannot be used at all.
        case badEndpoint
        /// No connection could be made: the node never saw the request.
        case unreachable
        /// The connection broke before the whole answer was received: the node may have acted on the request.
        case connectionLost
        /// No complete answer within the time allowed.
        case timeout
        /// The server asks to be left alone (HTTP status 429, or 503 with `Retry-After`), for so long where it says it.
        case rateLimited(retryAfter: Duration?)
        /// The server answered with an HTTP status other than 200.
        case httpStatus(Int)
        /// The body is not JSON at all, such as a proxy's HTML page.
        case notJSON
        /// The body begins as JSON and ends early.
        case truncated
        /// The answer is larger than allowed.
        case tooLarge
        /// The answer carries an id that was not asked, or twice, or not all ids that were asked.
        case wrongID
        /// The answer is JSON but no JSON-RPC response.
        case notJSONRPC
        /// What arrived on a WebSocket has no place there: a binary message, news of a subscription that nobody made.
        case protocolViolation
        /// A result that does not have the form that the specification gives it.
        case malformedResult
        /// The node answered with an error object.
        case node(code: Int, data: [UInt8]?)
        /// The recording holds no answer to this request.
        case noRecordedAnswer
    }

    public var code: Code
    /// What happened, in words, with the field, the value and what was expected where these apply.
    public var message: String
    /// What a node put into the data of its error where that is no bytes: text, or JSON as text; at most 300 characters.
    public var detail: String?
    /// The request's method, where it is known.
    public var method: String?
    /// The label (never the URL) of the endpoint, where it is known.
    public var endpoint: String?
    /// What came with a status other than that of a rate limit.
    private var pause: Duration?

    /// How long the node wants to be left alone (`Retry-After`), where it says so: of a rate limit the code tells it.
    public var retryAfter: Duration? {
        get { if case .rateLimited(let retryAfter) = code { retryAfter } else { pause } }
        set { if case .rateLimited = code { code = .rateLimited(retryAfter: newValue) } else { pause = newValue } }
    }

    public init(_ code: Code, _ message: String, detail: String? = nil, method: String? = nil, endpoint: String? = nil) {
        self.code = code
        self.message = message
        self.detail = detail
        self.method = method
        self.endpoint = endpoint
    }

    public var description: String {
        let place = [method, endpoint.map { "from \($0)" }].compactMap { $0 }.joined(separator: " ")
        return place.isEmpty ? message : "\(place): \(message)"
    }

    /// Whether the node executed the call and it reverted.
    public var isRevert: Bool { nodeError?.kind == .executionReverted }
}
