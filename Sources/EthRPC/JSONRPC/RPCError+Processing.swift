extension RPCError {
    /// Whether the node may have acted on the request although there is no usable answer. If not, sending it once more is harmless,
    /// also for a transaction; if so, only repeatable requests may be sent again, and whoever sent a transaction must look for it.
    ///
    /// Errors are counted as harmless only where the request cannot have been executed.
    public var mayHaveBeenProcessed: Bool {
        switch code {
        case .badEndpoint, .unreachable, .rateLimited, .noRecordedAnswer: false
        // Refused for what the request is, before anything was done: malformed, unauthorised, unknown path or method, too large.
        case .httpStatus(let status): ![400, 401, 403, 404, 405, 411, 413, 414, 415, 429, 431].contains(status)
        // The node refused. Not so with an internal error (JSON-RPC 2.0), where it gave up on time (geth's -32002), and where only
        // the response was too large: geth's -32003, jsonrpsee's -32008 and -32011.
        case .node(let code, _):
            [-32603, -32002].contains(code)
                || [-32003, -32008, -32011].contains(code) && message.lowercased().contains("response")
        case .connectionLost, .timeout, .notJSON, .truncated, .tooLarge, .wrongID, .notJSONRPC, .protocolViolation,
            .malformedResult:
            true
        }
    }
}
