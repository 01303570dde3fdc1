import EthCodec
import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

@Suite("Responses read in one walk")
struct PlainResponseTests {
    private static let result = "0x" + String(repeating: "0b", count: 32)

    /// Responses as nodes and proxies write them, and things that are none.
    private static let texts = [
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"\(result)\"}", "{\"id\":7,\"result\":null,\"jsonrpc\":\"2.0\"}",
        " { \"jsonrpc\" : \"2.0\" , \"id\" : 10 , \"result\" : { \"a\" : [ 1 , \"é\" ] } } ",
        "{\"jsonrpc\":\"2.0\",\"id\":999999999999999999,\"result\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":18446744073709551615,\"result\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"header not found\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":null}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"more\":2}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"result\":2}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"result\":2}",
        "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}", "{\"jsonrpc\":\"1.0\",\"id\":1,\"result\":2}",
        "{\"id\":1,\"result\":2}", "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":2}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"result\":2}",
        "{\"jsonrpc\":\"2.0\",\"id\":01,\"result\":2}", "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":2}",
        "{\"\\u006asonrpc\":\"2.0\",\"id\":1,\"result\":2}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2} x", "[]", "1", "", "{",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1,}}", "{\"jsonrpc\":\"2.0\",\"id\":1}",
    ]

    /// What a reading of a response gives, as text.
    private static func outcome(_ read: () throws(RPCError) -> [RPCResponse]) -> String {
        do throws(RPCError) {
            return try read().map { response in
                let raw = String(decoding: response.raw, as: UTF8.self)
                switch response.outcome {
                case .success(let result): return "\(response.id) \(String(decoding: result, as: UTF8.self)) in \(raw)"
                case .failure(let error): return "\(response.id) \(error.code) \(error) in \(raw)"
                }
            }.joined(separator: "; ")
        } catch { return "\(error.code) \(error)" }
    }

    @Test("the short way and the long way read the same", arguments: texts)
    func agree(_ text: String) {
        let bytes = Array(text.utf8)
        let short = Self.outcome { () throws(RPCError) in [try RPCResponse(parsing: bytes[...])] }
        #expect(short == Self.outcome { () throws(RPCError) in [try RPCResponse(examining: bytes[...])] })
        // The same in the middle of other bytes, and under another id.
        let padded = Array("xx".utf8) + bytes + Array("yy".utf8)
        let slice = padded[2..<(2 + bytes.count)]
        let long = Self.outcome { () throws(RPCError) in [try RPCResponse(examining: slice).answering(123_456)] }
        #expect(Self.outcome { () throws(RPCError) in [try RPCResponse(parsing: slice).answering(123_456)] } == long)
    }

    @Test("the short way is taken by what nodes write, and by nothing else")
    func taken() {
        let short = Self.texts.map { PlainResponse.read(Array($0.utf8)[...]) != nil }
        #expect(short.prefix(4).allSatisfy(\.self) == false)  // the third begins with a space
        #expect(short.enumerated().filter(\.element).map(\.offset) == [0, 1, 3])
    }

    @Test("bodies of batches, in order or not, read the same both ways, mutated too")
    func bodies() {
        var random = SeededRandom(0xB0D1)
        let batch = (1...4).map { RPCRequest(id: UInt64($0), method: "eth_call") }
        let good = (1...4).map { "{\"jsonrpc\":\"2.0\",\"id\":\($0),\"result\":\"\(Self.result)\"}" }
        let bodies = [
            "[\(good.joined(separator: ","))]", "[\(good.reversed().joined(separator: ","))]",
            " [ \(good.joined(separator: " , ")) ] ",
            "[\(good.prefix(3).joined(separator: ","))]", good[0], "[\((good + [good[0]]).joined(separator: ","))]", "[]",
            "[\(good[0]),\(good[1]),\(good[2]),{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}]",
        ]
        var inOneWalk = 0
        for round in 0..<4_000 {
            let body = Array(bodies[round % bodies.count].utf8)
            let bytes = round < bodies.count ? body : random.mutation(of: body)
            let asked = round % 16 == 4 ? Array(batch.prefix(1)) : batch
            let short = Self.outcome { () throws(RPCError) in try RPCBody.responses(in: bytes, to: asked) }
            #expect(short == Self.outcome { () throws(RPCError) in try RPCBody.examined(bytes, asked) })
            if PlainResponse.read(bytes, to: asked) != nil { inOneWalk += 1 }
        }
        #expect(inOneWalk > 100)
    }
}
