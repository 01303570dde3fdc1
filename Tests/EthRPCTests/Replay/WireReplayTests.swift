import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Real nodes' recorded exchanges", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct WireReplayTests {
    @Test("a real geth: every exchange decodes or is understood as a refusal")
    func geth() throws {
        var counts: [String: Int] = [:]
        var lines = 0
        for line in try SharedVectors.lines("geth/geth-wire.jsonl.gz") {
            lines += 1
            let json = try JSONScanner.parse(line)
            let note = try #require(json["note"]?.string)
            if let answers = json["response"]?.array {
                let requests = json["request"]?.array ?? []
                for answer in answers {
                    let request = requests.first { $0["id"] == answer["id"] }
                    counts[try kind(note, request, answer), default: 0] += 1
                }
            } else {
                counts[try kind(note, json["request"], json["response"]), default: 0] += 1
            }
            for notification in json["notifications"]?.array ?? [] {
                counts[try Self.notification(notification), default: 0] += 1
            }
        }
        #expect(lines == 369)
        print(
            "geth-wire: \(lines) lines; "
                + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        #expect(counts["answers rewritten as they came", default: 0] >= 100 && counts["refusals", default: 0] >= 170)
    }

    /// What one exchange is.
    private func kind(_ note: String, _ request: JSON?, _ answer: JSON?) throws -> String {
        guard let answer, answer.members != nil, answer["jsonrpc"] != nil else { return "answers that are no JSON-RPC" }
        let bytes = JSONWriter.bytes(of: answer)
        let response: RPCResponse
        do {
            response = try RPCResponse(parsing: bytes[...])
        } catch {
            // An answer to nobody is an error of its own: the node's, or that of the id.
            #expect(error.nodeError.map { $0.kind == .invalidRequest } ?? (error.code == .wrongID), "\(note): \(error)")
            return error.code == .wrongID ? "answers with an id that is none of ours" : "refusals without an id"
        }
        if case .failure(let error) = response.outcome {
            #expect(error.nodeError.map { $0.kind != .unknown } == true, "\(note)")
            return "refusals"
        }
        guard let method = request?["method"]?.string else { return "answers to malformed requests" }
        var outcome = "answers rewritten as they came"
        var replayed: ReplayedMethod?
        do { replayed = try ReplayedMethod(method, request?["params"]?.array ?? []) } catch {
            // Parameters that ours cannot say; the answer is like any other.
            #expect(ParsedParameters.isOutlandish(error), "\(note): \(error)")
            let plain: [String: [JSON]] = [
                "eth_feeHistory": ["0x1", "latest", []], "eth_call": [.object([:]), "latest"],
                "eth_getStorageAt": ["0x00000000000000000000000000000000000000a1", "0x0"],
            ]
            replayed = try ReplayedMethod(method, try #require(plain[method], "\(note)"))
            outcome += ", to requests in another dialect"
        }
        guard let replayed else { return "answers of other methods, as bytes" }
        let ours = try replayed.rewritten(response)
        // Of a pending block only the facts are kept.
        if note.contains("BlockByNumber pending") { return "pending blocks" }
        #expect(try ours.sortedText == response.result().sortedText, "\(note)")
        return outcome
    }

    private static func notification(_ json: JSON) throws -> String {
        let result = try #require(json["params"]?["result"])
        let reader = FieldReader(result, path: "result")
        if result.string != nil {
            _ = try reader.b256()
            return "pending hashes"
        }
        if result["topics"] != nil {
            #expect(try Log(reader).json.sortedText == result.sortedText)
            return try Log(reader).removed ? "logs taken back" : "logs"
        }
        #expect(try BlockHeader(reader).hash == ExecutionHeader(reader).hash)
        return "heads"
    }

    @Test(
        "mainnet nodes and Etherscan's dialect: every answer decodes",
        arguments: ["rpc/mainnet_rpc_pairs.jsonl.gz", "rpc/etherscan_proxy_pairs.jsonl.gz"])
    func mainnet(_ file: String) throws {
        var counts: [String: Int] = [:]
        for line in try SharedVectors.lines(file) {
            let json = try JSONScanner.parse(line)
            let answer = try #require(json["response"])
            let response: RPCResponse
            do { response = try RPCResponse(parsing: JSONWriter.bytes(of: answer)[...]) } catch {
                counts["\(error.code)", default: 0] += 1
                continue
            }
            if case .failure(let error) = response.outcome {
                #expect(error.nodeError.map { $0.kind != .unknown } == true)
                counts["refusals", default: 0] += 1
                continue
            }
            guard let method = json["request"]?["method"]?.string ?? json["query"]?["action"]?.string else { continue }
            if let call = try Self.etherscan(json["query"], method)
                ?? ReplayedMethod(method, json["request"]?["params"]?.array ?? [])
            {
                let ours = try call.rewritten(response)
                let same = try ours.sortedText == response.result().sortedText
                counts["\(method) \(same ? "rewritten as it came" : "decoded")", default: 0] += 1
            } else {
                counts["\(method) as bytes", default: 0] += 1
            }
        }
        print("\(file): " + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        #expect(counts.values.reduce(0, +) > 200)
    }

    /// Etherscan takes parameters by name.
    private static func etherscan(_ query: JSON?, _ method: String) throws -> ReplayedMethod? {
        guard let query else { return nil }
        switch method {
        case "eth_getTransactionReceipt", "eth_getTransactionByHash":
            return try ReplayedMethod(method, [query["txhash"] ?? .null])
        case "eth_call":
            return try ReplayedMethod(method, [.object(["to": query["to"], "data": query["data"]]), query["tag"] ?? "latest"])
        case "eth_getCode": return try ReplayedMethod(method, [query["address"] ?? .null, query["tag"] ?? "latest"])
        default: return try ReplayedMethod(method, [])
        }
    }
}
