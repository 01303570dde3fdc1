import Testing

@testable import EthRPC

@Suite("Which errors move on to another node")
struct NodeVerdictTests {
    @Test(
        "by code",
        arguments: [
            (.unreachable, .trouble), (.connectionLost, .trouble), (.timeout, .trouble), (.httpStatus(502), .trouble),
            (.notJSON, .trouble), (.truncated, .trouble), (.wrongID, .trouble), (.notJSONRPC, .trouble),
            (.protocolViolation, .trouble), (.rateLimited(retryAfter: nil), .throttled(nil)),
            (.rateLimited(retryAfter: .seconds(7)), .throttled(.seconds(7))), (.tooLarge, .elsewhere), (.badEndpoint, .final),
            (.malformedResult, .elsewhere), (.noRecordedAnswer, .final),
        ] as [(RPCError.Code, NodeVerdict)])
    func codes(code: RPCError.Code, verdict: NodeVerdict) { #expect(NodeVerdict(RPCError(code, "x")) == verdict) }

    @Test(
        "by what the node says",
        arguments: [
            (3, "execution reverted", .final), (-32000, "gas required exceeds allowance (1)", .final),
            (-32602, "invalid argument 0", .final), (-32000, "header not found", .elsewhere),
            (-32000, "missing trie node 0xab", .elsewhere), (-32601, "the method eth_x does not exist", .elsewhere),
            (-32603, "Internal error", .elsewhere), (-32005, "rate limit exceeded", .throttled(.seconds(1))),
            (-32000, "nonce too low", .final), (-32000, "something that nobody knows", .elsewhere),
        ] as [(Int, String, NodeVerdict)])
    func nodes(code: Int, text: String, verdict: NodeVerdict) {
        #expect(NodeVerdict(RPCError(.node(code: code, data: nil), text)) == verdict)
    }

    @Test("Retry-After makes any refusal a request for a pause")
    func retryAfter() {
        for code in [.httpStatus(503), .rateLimited(retryAfter: nil), .node(code: -32005, data: nil)] as [RPCError.Code] {
            var error = RPCError(code, "rate limit exceeded")
            error.retryAfter = .seconds(7)
            #expect(NodeVerdict(error) == .throttled(.seconds(7)))
        }
    }

    @Test("of a batch the worst answer counts")
    func batch() throws {
        func response(_ text: String) throws -> RPCResponse { try RPCResponse(parsing: Array(text.utf8)[...]) }
        let good = try response(#"{"jsonrpc":"2.0","id":1,"result":"0x1"}"#)
        let revert = try response(#"{"jsonrpc":"2.0","id":2,"error":{"code":3,"message":"execution reverted"}}"#)
        let lost = try response(#"{"jsonrpc":"2.0","id":3,"error":{"code":-32000,"message":"header not found"}}"#)
        let limit = try response(#"{"jsonrpc":"2.0","id":4,"error":{"code":-32005,"message":"rate limit exceeded"}}"#)
        #expect(NodeVerdict([good, revert]) == .final && NodeVerdict([]) == .final)
        #expect(NodeVerdict([good, lost, revert]) == .elsewhere && NodeVerdict([lost, limit]) == .throttled(.seconds(1)))
    }
}
