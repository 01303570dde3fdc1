import Testing

@testable import EthRPC

@Suite("Which errors move on to another node")
struct NodeVerdictTests {
    @Test(
        "by code",
        arguments: [
            (.unreachable, .trouble), (.timeout, .trouble), (.httpStatus(502), .trouble), (.notJSON, .trouble),
            (.truncated, .trouble), (.wrongID, .trouble), (.notJSONRPC, .trouble), (.httpStatus(429), .throttled(nil)),
            (.tooLarge, .final), (.malformedResult, .elsewhere), (.noRecordedAnswer, .final),
            (.node(code: 3, data: [1]), .final), (.node(code: -32602, data: nil), .final),
            (.node(code: -32000, data: nil), .final),
            (.node(code: -32005, data: nil), .throttled(nil)), (.node(code: 429, data: nil), .throttled(nil)),
            (.node(code: -32601, data: nil), .elsewhere), (.node(code: -32603, data: nil), .elsewhere),
        ] as [(RPCError.Code, NodeVerdict)])
    func codes(code: RPCError.Code, verdict: NodeVerdict) { #expect(NodeVerdict(RPCError(code, "x")) == verdict) }

    @Test("by phrase", arguments: ["header not found", "missing trie node 0xab", "Unknown block", "state at block #1 is pruned"])
    func phrases(text: String) { #expect(NodeVerdict(RPCError(.node(code: -32000, data: nil), text)) == .elsewhere) }

    @Test("Retry-After comes along, and makes any refusal a request for a pause")
    func retryAfter() {
        var error = RPCError(.httpStatus(503), "busy")
        error.retryAfter = .seconds(7)
        #expect(NodeVerdict(error) == .throttled(.seconds(7)))
    }

    @Test("of a batch the worst answer counts")
    func batch() throws {
        func response(_ text: String) throws -> RPCResponse { try RPCResponse(parsing: Array(text.utf8)[...]) }
        let good = try response(#"{"id":1,"result":"0x1"}"#)
        let revert = try response(#"{"id":2,"error":{"code":3,"message":"execution reverted"}}"#)
        let lost = try response(#"{"id":3,"error":{"code":-32000,"message":"header not found"}}"#)
        let limit = try response(#"{"id":4,"error":{"code":-32005,"message":"slow down"}}"#)
        #expect(NodeVerdict([good, revert]) == .final && NodeVerdict([]) == .final)
        #expect(NodeVerdict([good, lost, revert]) == .elsewhere && NodeVerdict([lost, limit]) == .throttled(nil))
    }
}
