import EthCodec
import Testing

@testable import EthRPC

@Suite("Bodies of answers")
struct RPCBodyTests {
    static let batch = [RPCRequest(id: 1, method: "eth_chainId"), RPCRequest(id: 2, method: "eth_blockNumber")]

    /// Takes a body apart; `V` stands for the version, which every object has.
    private func answer(_ text: String, to batch: [RPCRequest] = batch) throws(RPCError) -> [RPCResponse] {
        try RPCBody.responses(in: Array(text.replacing("{V,", with: #"{"jsonrpc":"2.0","#).utf8), to: batch)
    }

    @Test("orders responses like the requests and keeps their bytes")
    func ordered() throws {
        let two = #"{ "jsonrpc":"2.0","id":2,"result":"0x2" }"#
        let responses = try answer(" [\(two),\n{\"id\":1,\"result\":null,\"jsonrpc\":\"2.0\",\"more\":[{}]}] ")
        #expect(responses.map(\.id) == [1, 2])
        #expect(try responses[0].result() == .null)
        #expect(try responses[1].result() == "0x2")
        #expect(Array(responses[1].raw) == Array(two.utf8))
    }

    @Test("takes a single object as the answer to a single request")
    func single() throws {
        #expect(try answer(#"{V,"id":1,"result":[]}"#, to: [Self.batch[0]]).map(\.id) == [1])
        #expect(try answer(#"[{V,"id":1,"result":[]}]"#, to: [Self.batch[0]]).map(\.id) == [1])
    }

    @Test(
        "refuses bodies that do not answer the batch",
        arguments: [
            (#"[{V,"id":1,"result":0},{V,"id":3,"result":0}]"#, RPCError.Code.wrongID), (#"[{V,"id":1,"result":0}]"#, .wrongID),
            (#"[{V,"id":1,"result":0},{V,"id":1,"result":0}]"#, .wrongID), ("[]", .wrongID),
            (#"[{V,"id":1,"result":0},{V,"id":2,"result":0},{V,"id":9,"result":0}]"#, .wrongID),
            (#"[{V,"id":"1","result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":-1,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":1.0,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":1},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":1,"error":null},{V,"id":2,"result":0}]"#, .notJSONRPC),
            ("", .notJSON), ("<html><body>502 Bad Gateway</body></html>", .notJSON), ("\n <!DOCTYPE html>", .notJSON),
            ("Too Many Requests", .notJSON), (#"[{V,"id":1,"result":0},{V,"id":2,"result":0}] x"#, .notJSON),
            (#"[{V,"id":1,"result":0},{V,"id":2,"res"#, .truncated), ("[", .truncated), ("42", .notJSONRPC),
            ("\"no\"", .notJSONRPC),
            ("null", .notJSONRPC), ("[1,2]", .notJSONRPC), ("[[]]", .notJSONRPC),
            (#"[{"id":1,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{"jsonrpc":"1.0","id":1,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{"jsonrpc":2.0,"id":1,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":1,"result":0,"error":{"code":1,"message":""}},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":1,"result":0,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":1,"id":1,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"jsonrpc":"2.0","id":1,"result":0},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":1,"error":null,"error":{"code":1,"message":""}},{V,"id":2,"result":0}]"#, .notJSONRPC),
            (#"[{V,"id":18446744073709551617,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":1e0,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":true,"result":0},{V,"id":2,"result":0}]"#, .wrongID),
            (#"[{V,"id":{},"result":0},{V,"id":2,"result":0}]"#, .wrongID),
        ])
    func refused(_ body: String, _ code: RPCError.Code) {
        let error = #expect(throws: RPCError.self) { try answer(body) }
        #expect(error?.code == code, "\(body): \(error.map(\.description) ?? "")")
        #expect(error?.message.isEmpty == false)
    }

    @Test("a null error beside a result, and a null result beside an error, count as absent")
    func nulls() throws {
        let responses = try answer(
            #"[{V,"id":1,"result":"0x1","error":null},{V,"id":2,"result":null,"error":{"code":-1,"message":"no"}}]"#)
        #expect(try responses[0].result() == "0x1")
        let error = #expect(throws: RPCError.self) { try responses[1].result() }
        #expect(error?.code == .node(code: -1, data: nil))
        #expect(try answer(#"{V,"id":1,"result":null,"error":null}"#, to: [Self.batch[0]])[0].result() == .null)
    }

    @Test("an error object in place of the batch is the node's error")
    func batchError() {
        let error = #expect(throws: RPCError.self) {
            try answer(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}"#)
        }
        #expect(error?.code == .node(code: -32600, data: nil))
        #expect(error?.message == "batch too large")
    }

    @Test("geth's one error in place of a batch, under the first id, is the node's error")
    func batchTooLarge() {
        let error = #expect(throws: RPCError.self) {
            try answer(#"[{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"batch too large"}}]"#)
        }
        #expect(error?.code == .node(code: -32600, data: nil))
    }

    @Test("node errors are values: code, message, data of a revert")
    func nodeErrors() throws {
        let responses = try answer(
            #"[{V,"id":1,"error":{"code":3,"message":"execution reverted: x","data":"0x08c379a0"}},{V,"id":2,"error":{"code":-32000,"message":"header not found","data":{"a":1}}}]"#
        )
        let revert = #expect(throws: RPCError.self) { try responses[0].result() }
        #expect(revert?.code == .node(code: 3, data: [0x08, 0xC3, 0x79, 0xA0]))
        #expect(revert?.isRevert == true)
        let other = #expect(throws: RPCError.self) { try responses[1].result() }
        #expect(other?.code == .node(code: -32000, data: nil))
        #expect(other?.isRevert == false)
    }

    @Test(
        "an error that is no error object says so", arguments: ["\"oops\"", "{}", #"{"code":"3","message":"x"}"#, #"{"code":1}"#])
    func malformedErrors(_ error: String) throws {
        let responses = try answer("{V,\"id\":1,\"error\":\(error)}", to: [Self.batch[0]])
        let found = #expect(throws: RPCError.self) { try responses[0].result() }
        #expect(found?.code == .notJSONRPC)
    }

    @Test("a body cut after any byte throws and never traps")
    func truncated() {
        let whole = Array(
            #"[{"jsonrpc":"2.0","id":1,"result":{"a":["0x1"]}},{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"é"}}]"#.utf8)
        for length in 0..<whole.count {
            #expect(throws: RPCError.self) { try RPCBody.responses(in: Array(whole[..<length]), to: Self.batch) }
        }
    }

    @Test("texts of a node are cut to 300 characters")
    func excerpt() throws {
        let text = String(repeating: "é", count: 5_000)
        let error = #expect(throws: RPCError.self) {
            try answer("{V,\"id\":1,\"error\":{\"code\":-1,\"message\":\"\(text)\"}}", to: [Self.batch[0]])[0].result()
        }
        #expect(error?.message.count == 301)
    }

    @Test("a request is written with every member; one alone as an object, several as an array")
    func requests() {
        let one = RPCRequest(id: 7, method: "eth_call", params: [.object(["to": "0x00", "from": nil]), "latest"])
        let text = #"{"jsonrpc":"2.0","id":7,"method":"eth_call","params":[{"to":"0x00"},"latest"]}"#
        #expect(String(decoding: RPCRequest.body(of: [one]), as: UTF8.self) == text)
        #expect(String(decoding: RPCRequest.body(of: [one, one]), as: UTF8.self) == "[\(text),\(text)]")
    }
}
