import EthRPC

/// An HTTP answer, and what it says about a batch.
struct HTTPAnswer: Sendable {
    var status: Int
    var body: [UInt8]
    /// How long the server asks to be left alone.
    var retryAfter: Duration?

    /// Whether the server does not take who we say we are (RFC 9110, sections 15.5.2 and 15.5.4): it has not done what it was asked.
    var isRefusalOfCredentials: Bool { status == 401 || status == 403 }

    /// Undoes the encodings of the body (RFC 9110, section 8.4).
    /// - Throws: `tooLarge`, `truncated`, or `notJSON` for an encoding that was not asked for.
    mutating func unpack(_ encodings: [String], limit: Int) throws(RPCError) {
        for encoding in encodings.reversed() {
            switch encoding.lowercased() {
            case "", "identity": continue
            case "gzip", "x-gzip":
                do throws(CassetteError) {
                    body = try Gzip.decompress(body, limit: limit)
                } catch {
                    switch error.code {
                    case .tooLarge: throw RPCError(.tooLarge, "the answer unpacks to more than \(limit) bytes")
                    default: throw RPCError(.truncated, "the answer is not complete gzip")
                    }
                }
            default: throw RPCError(.notJSON, "expected JSON, plain or gzip, got another encoding")
            }
        }
    }

    /// The responses in the order of the requests.
    /// - Throws: `rateLimited`, `httpStatus`, the node's error if it refuses the batch as a whole, or what `RPCBody` finds wrong.
    func responses(to batch: [RPCRequest]) throws(RPCError) -> [RPCResponse] {
        guard status != 200 else { return try RPCBody.responses(in: body, to: batch) }
        // Some nodes answer JSON-RPC errors with another status: then their answer counts, and says more than the number.
        let answered: Result<[RPCResponse], RPCError>
        do throws(RPCError) { answered = .success(try RPCBody.responses(in: body, to: batch)) } catch {
            answered = .failure(error)
        }
        if status == 429 || status == 503 && retryAfter != nil {
            throw RPCError(.rateLimited(retryAfter: retryAfter), "HTTP status \(status)\(Self.words(in: answered))")
        }
        switch answered {
        case .success(let responses): return responses
        case .failure(let error):
            let why = (300..<400).contains(status) ? ", and redirects are not followed" : ""
            var thrown = RPCError(.httpStatus(status), "HTTP status \(status)\(why)")
            if case .node = error.code { thrown = error }
            thrown.retryAfter = retryAfter
            throw thrown
        }
    }

    /// What the node says beside the status.
    private static func words(in answer: Result<[RPCResponse], RPCError>) -> String {
        switch answer {
        case .failure(let error):
            if case .node = error.code { return ": \(error.message)" }
            return ""
        case .success(let responses):
            guard case .failure(let error)? = responses.first?.outcome else { return "" }
            return ": \(error.message)"
        }
    }
}
