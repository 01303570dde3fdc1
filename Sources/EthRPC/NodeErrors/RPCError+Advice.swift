extension RPCError {
    /// A sentence for people: what it means for them and what to do.
    public var advice: String {
        if let nodeError, nodeError.kind != .unknown { return nodeError.advice }
        return switch code {
        case .badEndpoint: "Correct the URL or the headers: http, https, ws and wss are understood."
        case .unreachable: "Nobody answers there: does the node run, and are host, port and TLS of its URL right?"
        case .connectionLost: "The connection broke: the node, or something before it, closes connections or is overloaded."
        case .timeout: "The node does not answer in time: ask another, or allow more time."
        case .rateLimited: "Too many requests: slow down, or use another node."
        case .httpStatus: "A server answers that is no node, or refuses us: check the path of the URL, the key and the plan."
        case .notJSON, .notJSONRPC: "No node answers there, but something else, such as a proxy's page: check the URL."
        case .truncated: "The answer was cut off: something between, such as a proxy, limits its size or time."
        case .tooLarge: "The answer is too large: ask for less at once."
        case .wrongID, .protocolViolation: "The node or something before it mixes up answers: do not rely on it."
        case .malformedResult:
            "The node answers in another form than the specification's: is it up to date, and is it the right one?"
        case .node: "An error that no table knows: read the text."
        case .noRecordedAnswer: "The recording does not cover this request: record it anew."
        }
    }
}
