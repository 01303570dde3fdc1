import EthCodec
import EthRPC
import KeeperTestServer

/// Answers that are none. Each is met by a keeper with a second, healthy node, from the hour on in everything that it asks of the
/// first one; and by a keeper that has no other node, where it observes.
enum AnswerFaults {
    static let all: [FaultClass] = [
        fault("reset at once", .reset, .connectionLost),
        fault("connection closed at once", .close, .connectionLost),
        fault("reset in the headers", .resetInHeaders, .connectionLost),
        fault("reset mid-body", .resetInBody, .connectionLost),
        fault("connection closed mid-body", .closeInBody, .connectionLost),
        fault("stated length too large", .lengthOff(by: 9), .connectionLost),
        // What is left of an answer may spoil the connection for the next request, at the head after it too.
        FaultClass(
            "stated length too small", .beside(atMost: Calm.pair + 1) { .pair(.lengthOff(by: -9)) },
            .alone(.late(.either(.error(.truncated), .error(.connectionLost))), atMost: Calm.alone + 10) {
                Story.alone(.lengthOff(by: -9)).stepping(Story.healing + [Story.next])
            }),
        fault("empty body", .text(""), .notJSON),
        fault("HTML with status 200", .html, .notJSON),
        fault("HTML with status 502", .gatewayPage(502), .httpStatus(502)),
        fault("status 500 without a body", .status(500), .httpStatus(500)),
        fault("status 503 without Retry-After", .status(503), .httpStatus(503)),
        fault("status 401", .status(401), .httpStatus(401)),
        fault("redirect", .status(302, headers: [("Location", "http://127.0.0.1:1/")]), .httpStatus(302)),
        fault("truncated JSON", .truncatedJSON, .truncated),
        fault("truncated gzip", .truncatedGzip, .truncated),
        fault("an encoding that nobody asked for", .status(200, headers: [("Content-Encoding", "br")], body: "x"), .notJSON),
        fault("JSON that is no JSON-RPC", .text(#"{"jsonrpc":"2.0","id":1}"#), .notJSONRPC),
        fault("wrong id", .wrongID, .wrongID),
        fault("missing id", .missingID, .wrongID),
        fault("duplicate id", .duplicateID, .wrongID),
        fault("batch answered in part", .missingResponse, .wrongID),
        fault("one answer too many", .extraResponse, .wrongID),
        fault("results of another form", .rewritten { $0.map(nonsense) }, .malformedResult),
        harmless("answers in another order", .shuffled),
        harmless("right JSON under text/html", mislabelled),
        harmless("gzip that was asked for", .gzip),
        FaultClass(
            "batches refused as a whole",
            .beside(atMost: Calm.pair + 37) { .pair(.refuse(-32600, "batch too large", wholeBatch: true), when: { $0.isBatch }) },
            .alone(.unchanged, atMost: Calm.alone + 37) { .alone(.refuse(-32600, "batch too large", wholeBatch: true)) }),
    ]

    private static func nonsense(_ response: JSON) -> JSON {
        .object([.init("jsonrpc", "2.0"), .init("id", response["id"] ?? .null), .init("result", "0xnonsense")])
    }

    private static func fault(_ name: String, _ reply: Reply, _ code: RPCError.Code) -> FaultClass {
        FaultClass(
            name, .beside(atMost: Calm.pair + 1) { .pair(reply) },
            .alone(.late(.error(code)), atMost: Calm.alone + 5) { Story.alone(reply).stepping(Story.healing) })
    }

    private static func harmless(_ name: String, _ reply: Reply) -> FaultClass {
        FaultClass(name, .beside(atMost: Calm.pair) { .pair(reply) }, .alone(.unchanged, atMost: Calm.alone) { .alone(reply) })
    }

    /// The right answer under a wrong name.
    private static let mislabelled = Reply([
        .act { request, responses in
            let body = JSONWriter.bytes(of: request.isBatch ? .array(responses) : responses.first ?? .null)
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(body.count)\r\n\r\n"
            return [.bytes(Array(head.utf8) + body)]
        }
    ])
}

extension Story {
    /// The fault is over with the head after the one at which something is due.
    static let healing: [Step] = [due, heal, next, next, next]
    static let heal: Step = { stage in
        stage.world.fallIll(false)
        stage.world.mine()
    }
}
