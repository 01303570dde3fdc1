import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Recordings that are passed on")
struct CassetteRedactionTests {
    private static let own = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
    private static let bare = "7e5f4552091a69125d5dfcb7b8c2659029395bdf"
    private static let token = "sk1a2b3c4d5e6f7g8h9i0jklmn"

    /// One recording in which everything occurs that should not be passed on.
    private func recording() throws -> String {
        let path = RecordedExchange.temporaryPath("secret.ndjson")
        let writer = try CassetteWriter(path: path, opening: CassetteOpening(chainID: 1, keeper: "poker at keeper-7.internal"))
        let head = RecordedExchange.head(1)
        let call = RPCRequest(
            id: 1, method: "eth_call",
            params: [
                .object(["from": .string(Self.own), "data": .string("0xaabbccdd000000000000000000000000\(Self.bare)")]),
                .object(["blockHash": .string(head.hash.description)]),
            ])
        let nonce = RPCRequest(
            id: 2, method: "eth_getTransactionCount",
            params: [.string("0x" + Self.bare.uppercased()), .object(["blockHash": .string(head.hash.description)])])
        try writer.record(
            [RecordedExchange.block(head)], [try RecordedExchange.response(1, RecordedExchange.json(head))], head: head)
        try writer.record(
            [call, nonce],
            [
                try RPCResponse(
                    parsing: Array(
                        """
                        {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"refused by https:\\/\\/eth.example.com\\/v2\\/\(Self.token) \
                        for \(Self.own), key \(Self.token) \\u00e9 keeper-7.internal"}}
                        """.utf8)[...]),
                try RecordedExchange.response(2, "0x7"),
            ], head: head, note: "asked by \(Self.token) on Friday")
        try writer.record(
            [RPCRequest(method: "eth_getTransactionReceipt", params: ["0x01"])], [try RecordedExchange.response(1, .null)],
            head: head, note: CassetteLabel.evidence)
        try writer.finish()
        return path
    }

    private func rules() throws -> RedactionRules {
        RedactionRules(
            addresses: [(try Address(hex: Self.own), RedactionRules.placeholder(1))], texts: ["keeper-7.internal", "AABBCCDD"])
    }

    @Test("what should not be passed on is gone, everywhere, and counted")
    func gone() throws {
        let path = try recording()
        let output = RecordedExchange.temporaryPath("clean.ndjson")
        defer { RecordedRun.remove(path, output) }
        let redaction = try CassetteRedaction(of: path, rules(), to: output)
        let text = String(decoding: try RecordedRun.text(output), as: UTF8.self).lowercased()
        for secret in [Self.bare, Self.token, "example.com", "keeper-7", "friday", "aabbccdd"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(text.contains("000000000000000000000000dead000000000000000000000000000000000001"))
        #expect(redaction.counts.notes == 1 && redaction.counts.addresses == [4] && redaction.counts.texts == [2, 1])
        #expect(redaction.counts.secrets == 1 && redaction.exchanges == 3)
        #expect(text.contains("\"note\":\"evidence\"") && text.contains("\"redacted\":true"))
        #expect(try CassetteAudit(path: output).findings == [])
    }

    @Test("the copy answers the same requests, with the replacement in them")
    func replays() throws {
        let path = try recording()
        let output = RecordedExchange.temporaryPath("clean.ndjson.gz")
        defer { RecordedRun.remove(path, output) }
        _ = try CassetteRedaction(of: path, rules(), to: output)
        let cassette = try Cassette(path: output)
        let head = RecordedExchange.head(1)
        func nonce(_ address: String) -> CanonicalRequest {
            CanonicalRequest(
                method: "eth_getTransactionCount",
                params: [.string(address), .object(["blockHash": .string(head.hash.description)])])
        }
        #expect(cassette.recorded(nonce(RedactionRules.placeholder(1).description)).count == 1)
        #expect(cassette.recorded(nonce(Self.own)).isEmpty)
        #expect(cassette.heads == [head])
    }

    @Test("what has nothing to hide stays byte for byte")
    func unchanged() throws {
        let path = try RecordedRun(0..<50).write("plain.ndjson")
        let output = RecordedExchange.temporaryPath("copy.ndjson")
        defer { RecordedRun.remove(path, output) }
        let redaction = try CassetteRedaction(of: path, rules(), to: output)
        #expect(redaction.counts == RedactionCounts(addresses: [0], texts: [0, 0]))
        let lines = try RecordedRun.text(path).split(separator: 0x0A)
        let copied = try RecordedRun.text(output).split(separator: 0x0A)
        #expect(lines[1..<(lines.count - 1)] == copied[1..<(copied.count - 1)])
    }

    @Test(
        "real answers hold nothing that looks like a secret, and stay as they are",
        .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func real() throws {
        let path = SharedVectors.path("geth/geth-poker-hours-a.jsonl.gz")
        let output = RecordedExchange.temporaryPath("real.ndjson")
        defer { RecordedRun.remove(output) }
        let redaction = try CassetteRedaction(of: path, RedactionRules(), to: output)
        #expect(redaction.counts.secrets == 0 && redaction.exchanges > 100)
        let comparison = try CassetteComparison(path, output, limit: 3)
        #expect(comparison.count == 0)
    }

    @Test("a replacement that stands there already, and a damaged source, are refused without leaving a file")
    func refused() throws {
        let path = try recording()
        let output = RecordedExchange.temporaryPath("refused.ndjson")
        defer { RecordedRun.remove(path, output) }
        let taken = RedactionRules(addresses: [(RedactionRules.placeholder(1), try Address(hex: Self.own))])
        let error = #expect(throws: CassetteError.self) { try CassetteRedaction(of: path, taken, to: output) }
        #expect(error?.description.contains("line 3") == true && error?.description.contains("stands there already") == true)
        #expect(!FileManager.default.fileExists(atPath: output))
        var bytes = try RecordedRun.bytes(path)
        let place = try #require(bytes.firstRange(of: Array("0xaabb".utf8)))
        bytes[place.lowerBound + 3] = UInt8(ascii: "9")
        try RecordedRun.write(bytes, path)
        let altered = #expect(throws: CassetteError.self) { try CassetteRedaction(of: path, RedactionRules(), to: output) }
        #expect(altered?.code == .altered && !FileManager.default.fileExists(atPath: output))
    }
}
