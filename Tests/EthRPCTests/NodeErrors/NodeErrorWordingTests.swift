import EthCodec
import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

@Suite("What nodes say")
struct NodeErrorWordingTests {
    @Test("is understood in the words of every client and provider", arguments: ClientWordings.all)
    func wordings(_ wording: ClientWordings.Wording) {
        let error = NodeError(code: wording.code, message: wording.text)
        #expect(error.kind == wording.kind, "\(wording): \(error.kind)")
    }

    @Test("each named client and provider has wordings of its own")
    func coverage() {
        let clients = Dictionary(grouping: ClientWordings.all, by: \.client)
        for client in [
            NodeClient.geth, .nethermind, .besu, .erigon, .reth, .infura, .alchemy, .quicknode, .ankr, .cloudflare, .drpc,
        ] {
            #expect((clients[client]?.count ?? 0) >= 2, "\(client)")
        }
        print("node errors: \(ClientWordings.all.count) wordings of \(clients.count) clients and providers understood")
    }

    @Test(
        "a refused range names the range that works",
        arguments: [
            ("this block range should work: [0x7e9b85, 0x7e9d78]", BlockRangeHint.blocks(0x7E9B85...0x7E9D78)),
            ("query returned more than 10000 results. Try with this block range [0x1, 0xA].", .blocks(1...10)),
            ("eth_getLogs is limited to a 10,000 range", .atMost(10_000)),
            ("Max range: 800", .atMost(800)), ("maximum [from, to] blocks distance: 10000", .atMost(10_000)),
            ("eth_getLogs range is too large, max is 10k blocks", .atMost(10_000)),
            ("ranges over 10000 blocks are not supported on freetier", .atMost(10_000)),
            ("exceed maximum block range: 50000", .atMost(50_000)),
            ("eth_getLogs block range too large, range: 855077, max: 3500", .atMost(3500)),
            ("block range is too wide (maximum 1024)", .atMost(1024)),
            ("exceeds the range allowed for your plan (5000 > 1000)", .atMost(1000)),
            ("query exceeds max block range 100000", .atMost(100_000)),
        ])
    func ranges(_ text: String, _ hint: BlockRangeHint) {
        #expect(NodeError(code: -32005, message: text).suggestedRange == hint, "\(text)")
    }

    @Test(
        "a range that cannot be one is none",
        arguments: [
            "query returned more than 10000 results", "Max range: 0", "Max range: 99999999999999999999999", "Max range: ,",
            "try with this block range [0xA, 0x1]", "try with this block range [0x, 0x]", "try with this block range [0x1",
            "try with this block range [0x1, 0x2, 0x3]", "block range limit exceeded", "Max range: 99999999999999999k",
        ])
    func noRange(_ text: String) {
        let error = NodeError(code: -32005, message: text)
        #expect(error.kind == .resultTooLarge && error.suggestedRange == nil)
    }

    @Test("Infura's data name the range, and the pause")
    func data() {
        let range = NodeError(
            code: -32005, message: "query returned more than 10000 results", detail: #"{"from":"0x1","limit":10000,"to":"0xff"}"#)
        #expect(range.suggestedRange == .blocks(1...255))
        let rate = NodeError(
            code: -32005, message: "project ID request rate exceeded",
            detail: #"{"rate":{"allowed_rps":1,"backoff_seconds":30,"current_rps":1.1},"see":"<url>"}"#)
        #expect(rate.retryAfter == .seconds(30) && rate.retry == .sameNodeLater(after: .seconds(30)))
        let absurd = NodeError(code: 429, message: "slow down", detail: #"{"backoff_seconds":99999999999999999999999}"#)
        #expect(absurd.retry == .sameNodeLater(after: .seconds(300)))
        #expect(NodeError(code: 429, message: "slow down").retry == .sameNodeLater(after: .seconds(1)))
        #expect(
            NodeError(code: -32000, message: "txpool is full", detail: #"{"backoff_seconds":3}"#).retry
                == .resendSameBytes(after: .seconds(3)))
    }

    @Test("the words may stand in the data")
    func detail() {
        #expect(NodeError(code: -32015, message: "VM execution error.", detail: "Bad instruction fe").kind == .invalidOpcode)
        #expect(NodeError(code: -32603, message: "oops", detail: "nonce too low").kind == .nonceTooLow)
    }

    @Test("already known is success only if the hash is ours")
    func confirmation() throws {
        let ours = Keccak256.hash([1])
        let other = Keccak256.hash([2])
        #expect(NodeError(code: -32000, message: "already known").confirms(ours))
        #expect(NodeError(code: -32000, message: "Known transaction: \(ours)").confirms(ours))
        #expect(!NodeError(code: -32000, message: "known transaction: \(other)").confirms(ours))
        #expect(
            NodeError(code: 4, message: "added to the transaction pool but wasn't processed in 1s", data: ours.bytes).confirms(
                ours))
        #expect(
            !NodeError(code: 4, message: "added to the transaction pool but wasn't processed in 1s", data: other.bytes).confirms(
                ours))
        for text in ["nonce too low", "replacement transaction underpriced", "txpool is full", "nothing known"] {
            #expect(!NodeError(code: -32000, message: text).confirms(ours))
        }
    }

    @Test("reverts keep what the call returned, in all the wrappings that clients use")
    func revertData() throws {
        let wrappings = [
            #""0x2de7f6df""#, #""Reverted 0x2de7f6df""#, #"{"data":"0x2de7f6df","message":"x"}"#,
            #"{"data":{"data":"0x2de7f6df"}}"#,
        ]
        for data in wrappings {
            let text = #"{"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":\#(data)}}"#
            let response = try RPCResponse(parsing: Array(text.utf8)[...])
            let error = #expect(throws: RPCError.self) { try response.result() }
            #expect(error?.nodeError?.revertData == [0x2D, 0xE7, 0xF6, 0xDF], "\(data)")
            #expect(error?.isRevert == true && error?.detail == nil)
        }
        let deep = String(repeating: #"{"data":"#, count: 100) + #""0x00""# + String(repeating: "}", count: 100)
        let text = #"{"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":\#(deep)}}"#
        let error = #expect(throws: RPCError.self) { try RPCResponse(parsing: Array(text.utf8)[...]).result() }
        #expect(error?.code == .node(code: 3, data: nil) && error?.detail?.count == 301)
    }

    @Test(
        "an HTTP status alone is understood",
        arguments: [
            (429, NodeErrorKind.rateLimited), (401, .unauthorized), (403, .unauthorized), (402, .quotaExceeded),
            (413, .requestTooLarge), (503, .unavailable), (504, .queryTimeout), (522, .unavailable), (418, .unknown),
        ])
    func statuses(_ status: Int, _ kind: NodeErrorKind) {
        #expect(RPCError(.httpStatus(status), "HTTP status \(status)").nodeError?.kind == kind)
    }

    @Test("errors that are no node's answer are no node errors")
    func others() {
        for code in [RPCError.Code.timeout, .unreachable, .notJSON, .wrongID, .malformedResult, .noRecordedAnswer] {
            #expect(RPCError(code, "nonce too low").nodeError == nil)
        }
    }
}
