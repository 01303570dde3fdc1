import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Decoders on real answers", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct DecoderTests {
    /// Compares a header with what Foundation reads from the same object.
    private func check(_ header: BlockHeader, _ object: [String: Any]) throws {
        #expect(header.hash.description == object["hash"] as? String)
        #expect(header.parentHash.description == object["parentHash"] as? String)
        #expect(header.number == number(object["number"]))
        #expect(header.timestamp == number(object["timestamp"]))
        #expect(header.gasLimit == number(object["gasLimit"]))
        #expect(header.gasUsed == number(object["gasUsed"]))
        #expect(header.baseFeePerGas?.rawValue.asUInt64 == number(object["baseFeePerGas"]))
    }

    private func check(_ log: Log, _ object: [String: Any]) {
        #expect(log.address.hex == (object["address"] as? String)?.lowercased())
        #expect(log.topics.map { $0.description } == object["topics"] as? [String])
        #expect(Hex.encode(log.data) == object["data"] as? String)
        #expect(log.blockHash.description == object["blockHash"] as? String)
        #expect(log.blockNumber == number(object["blockNumber"]))
        #expect(log.transactionHash.description == object["transactionHash"] as? String)
        #expect(log.logIndex == number(object["logIndex"]))
    }

    private func check(receipt reader: FieldReader, _ object: [String: Any]) throws {
        guard object["status"] != nil else {
            // Before Byzantium a receipt has a state root: no keeper needs such, and nothing is guessed in its place.
            #expect(object["root"] != nil)
            let error = #expect(throws: RPCError.self) { try Receipt(reader) }
            #expect(error?.message.contains(".status: expected a value") == true)
            return
        }
        let receipt = try Receipt(reader)
        #expect(receipt.transactionHash.description == object["transactionHash"] as? String)
        #expect(receipt.blockHash.description == object["blockHash"] as? String)
        #expect(receipt.from.hex == (object["from"] as? String)?.lowercased())
        #expect(receipt.to?.hex == (object["to"] as? String)?.lowercased())
        #expect(receipt.succeeded == (object["status"] as? String == "0x1"))
        #expect(receipt.gasUsed == number(object["gasUsed"]))
        #expect(receipt.effectiveGasPrice.rawValue.asUInt64 == number(object["effectiveGasPrice"]))
        #expect(receipt.transactionIndex == number(object["transactionIndex"]))
        let logs = try #require(object["logs"] as? [[String: Any]])
        #expect(receipt.logs.count == logs.count)
        for (log, object) in zip(receipt.logs, logs) { check(log, object) }
    }

    private func number(_ value: Any?) -> UInt64? { (value as? String).flatMap { UInt64($0.dropFirst(2), radix: 16) } }

    /// Decodes one answer by its method; returns whether it held something to decode.
    private func decode(_ method: String, _ result: Any, _ reader: FieldReader) throws -> Bool {
        switch method {
        case "eth_getBlockByNumber", "eth_getBlockByHash":
            let object = try #require(result as? [String: Any])
            guard object["hash"] is String else { return false }  // a pending block has none
            try check(BlockHeader(reader), object)
        case "eth_getTransactionReceipt": try check(receipt: reader, try #require(result as? [String: Any]))
        case "eth_getBlockReceipts":
            for (element, object) in zip(try reader.elements(), try #require(result as? [[String: Any]])) {
                try check(receipt: element, object)
            }
        case "eth_getLogs":
            for (element, object) in zip(try reader.elements(), try #require(result as? [[String: Any]])) {
                check(try Log(element), object)
            }
        case "eth_feeHistory":
            let object = try #require(result as? [String: Any])
            guard object["baseFeePerGas"] != nil else {
                #expect(throws: RPCError.self) { try FeeHistory(reader) }  // geth's answer about zero blocks
                return false
            }
            let history = try FeeHistory(reader)
            #expect(history.oldestBlock == number(object["oldestBlock"]))
            #expect(history.baseFeePerGas.map { $0.rawValue.hexQuantity } == object["baseFeePerGas"] as? [String])
            let rewards = (object["reward"] as? [[String]]) ?? []
            #expect(history.reward.map { $0.map { $0.rawValue.hexQuantity } } == rewards)
            #expect(history.nextBaseFeePerGas.rawValue.hexQuantity == (object["baseFeePerGas"] as? [String])?.last)
        default: return false
        }
        return true
    }

    private static let methods = [
        "eth_getBlockByNumber", "eth_getBlockByHash", "eth_getTransactionReceipt", "eth_getBlockReceipts", "eth_getLogs",
        "eth_feeHistory",
    ]

    @Test("execution-apis: every recorded answer", arguments: methods)
    func executionAPIs(_ method: String) throws {
        var decoded = 0
        let pairs = try SharedVectors.executionAPIs(method)
        for (name, answer) in pairs {
            let response = try RPCResponse(parsing: answer[...])
            let object = try #require(try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
            guard case .success = response.outcome else {
                #expect(object["error"] != nil, "\(name)")
                continue
            }
            guard try response.result() != .null, let result = object["result"] else { continue }
            if try decode(method, result, FieldReader(response.result(), path: "result")) { decoded += 1 }
        }
        #expect(decoded > 0)
        print("execution-apis \(method): \(decoded) of \(pairs.count) answers decoded, the others are errors or null")
    }

    @Test(
        "a real geth and mainnet nodes: every answer", arguments: ["geth/geth-wire.jsonl.gz", "rpc/mainnet_rpc_pairs.jsonl.gz"])
    func recorded(_ file: String) throws {
        var decoded: [String: Int] = [:]
        for line in try SharedVectors.objects(file) {
            guard let request = line["request"] as? [String: Any], let method = request["method"] as? String,
                let response = line["response"] as? [String: Any], let result = response["result"], !(result is NSNull)
            else { continue }
            let bytes = [UInt8](try JSONSerialization.data(withJSONObject: result, options: .fragmentsAllowed))
            if try decode(method, result, FieldReader(try JSONScanner.parse(bytes), path: "result")) {
                decoded[method, default: 0] += 1
            }
        }
        #expect(decoded.values.reduce(0, +) > 5)
        print("\(file): \(decoded.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
    }

    @Test("mainnet headers of every fork", arguments: ["mainnet/headers.jsonl.gz", "mainnet/full_blocks.jsonl.gz"])
    func headers(_ file: String) throws {
        let lines = try SharedVectors.lines(file)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            try check(BlockHeader(FieldReader(try JSONScanner.parse(line), path: "block")), object)
        }
        print("\(file): \(lines.count) headers")
    }

    @Test(
        "a member that is missing or of another form is named",
        arguments: ["number", "hash", "parentHash", "timestamp", "gasLimit", "gasUsed"])
    func damagedHeaders(_ name: String) throws {
        let json = try JSONScanner.parse(try SharedVectors.lines("mainnet/headers.jsonl.gz")[0])
        let members = try #require(json.members)
        let variants: [[JSON.Member]] = [
            members.filter { $0.name != name }, members.map { $0.name == name ? JSON.Member(name, .null) : $0 },
            members.map { $0.name == name ? JSON.Member(name, "0x") : $0 },
            members.map { $0.name == name ? JSON.Member(name, 1) : $0 },
        ]
        for variant in variants {
            let error = #expect(throws: RPCError.self) { try BlockHeader(FieldReader(.object(variant), path: "result")) }
            #expect(error?.message.contains("result.\(name): expected") == true)
        }
    }

    @Test("a status that is neither 0 nor 1 is no receipt")
    func status() throws {
        let pairs = try SharedVectors.executionAPIs("eth_getTransactionReceipt")
        let receipt = try RPCResponse(parsing: try #require(pairs.first).answer[...]).result()
        let members = try #require(receipt.members).map { $0.name == "status" ? JSON.Member("status", "0x2") : $0 }
        let error = #expect(throws: RPCError.self) { try Receipt(FieldReader(.object(members), path: "result")) }
        #expect(error?.message.contains("status: expected 0x0 or 0x1") == true)
    }

    @Test("the median reward is that of its column; without blocks there is none")
    func medianReward() {
        let history = FeeHistory(
            oldestBlock: 1, baseFeePerGas: [.gwei(1)],
            reward: [[.gwei(1), .gwei(9)], [.gwei(3), .gwei(7)], [.gwei(2), .gwei(8)]])
        #expect(history.medianReward(column: 0) == .gwei(2))
        #expect(history.medianReward(column: 1) == .gwei(8))
        #expect(history.medianReward(column: 2) == nil)
        #expect(FeeHistory(oldestBlock: 1, baseFeePerGas: [.gwei(1)], reward: []).medianReward(column: 0) == nil)
    }
}
