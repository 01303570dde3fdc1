import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Scanning real blocks", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct ScannedVectorTests {
    /// Every block and transaction object of the vectors, as bytes.
    private static func objects() throws -> (blocks: [JSON], transactions: [JSON]) {
        var (blocks, transactions): ([JSON], [JSON]) = ([], [])
        func walk(_ json: JSON) {
            switch json {
            case .array(let elements): elements.forEach(walk)
            case .object(let members):
                if json["stateRoot"] != nil, json["hash"]?.string != nil, json["transactions"] != nil { blocks.append(json) }
                if json["nonce"] != nil, json["r"] != nil, json["input"] != nil { transactions.append(json) }
                members.forEach { walk($0.value) }
            default: break
            }
        }
        for file in [
            "mainnet/full_blocks.jsonl.gz", "mainnet/type3_type4_txs.jsonl.gz", "rpc/mainnet_rpc_pairs.jsonl.gz",
            "geth/geth-wire.jsonl.gz", "rpc/etherscan_proxy_pairs.jsonl.gz",
        ] {
            for line in try SharedVectors.lines(file) { walk(try JSONScanner.parse(line)) }
        }
        for file in try SharedVectors.files(in: "mainnet/nimbus", suffix: ".json") {
            walk(try JSONScanner.parse(SharedVectors.bytes(file)))
        }
        for file in try SharedVectors.files(in: "execution-apis/tests", suffix: ".io") {
            for line in try SharedVectors.text(file).split(separator: "\n") where line.hasPrefix("<< ") {
                walk(try JSONScanner.parse(Array(line.dropFirst(3).utf8)))
            }
        }
        return (blocks, transactions)
    }

    @Test("gives the same transactions and headers as reading a tree does, and their hashes")
    func differential() throws {
        var tally = VectorTally("scanned against read")
        let (blocks, transactions) = try Self.objects()
        for json in transactions {
            let reader = FieldReader(json, path: "tx")
            let scanned = try? ReportedTransaction(reader)
            let read = try? TransactionObject(reader)
            #expect(scanned?.object == read && read != nil, "\(json.description.prefix(300))")
            tally.count(scanned?.object == read && read != nil)
        }
        var full = 0
        for json in blocks {
            let reader = FieldReader(json, path: "block")
            guard let block = try? Block(reader) else {
                tally.skip(
                    json["size"] == nil || json["uncles"] == nil
                        ? "blocks that a library cut members from" : "blocks of another dialect")
                continue
            }
            let header = try ExecutionHeader(reader)
            #expect(block.header == header && block.header.hash == block.statedHash)
            #expect(try BlockHeader(reader).hash == block.statedHash)
            if case .full(let list) = block.transactions { full += list.count }
            tally.count(block.header == header)
        }
        tally.report()
        print("scanned: \(transactions.count) transactions, \(blocks.count) blocks with \(full) transactions inside")
        #expect(transactions.count > 5_000 && blocks.count > 300)
    }

    @Test("mutated blocks and receipts never crash, and what decodes is written as it reads")
    func fuzz() throws {
        var random = SeededRandom(0xB10C)
        let lines = try SharedVectors.lines("geth/geth-wire.jsonl.gz")
        var samples: [[UInt8]] = []
        for line in lines {
            guard let result = try JSONScanner.parse(line)["response"]?["result"], result.members != nil || result.array != nil
            else { continue }
            samples.append(JSONWriter.bytes(of: result))
        }
        var decoded = 0
        for _ in 0..<6_000 {
            let sample = try #require(samples.randomElement(using: &random))
            let bytes = random.mutation(of: sample)[...]
            if let block = try? Block(bytes) {
                decoded += 1
                #expect(try Block(JSONWriter.bytes(of: block.json)[...]) == block)
            }
            if let receipts = try? [ExecutionReceipt](bytes) {
                decoded += 1
                #expect(try [ExecutionReceipt](JSONWriter.bytes(of: .array(receipts.map(\.json)))[...]) == receipts)
            }
            for error in [
                fault { try BlockHeader(bytes) }, fault { try ReportedTransaction?(bytes) }, fault { try [Log](bytes) },
                fault { try FeeHistory(bytes) },
            ] {
                if let error { #expect(error.code == .malformedResult && !error.message.isEmpty) } else { decoded += 1 }
            }
        }
        #expect(decoded > 200)
        print("6,000 mutated answers, \(decoded) decoded")
    }

    private func fault(_ body: () throws -> some Sendable) -> RPCError? {
        do { _ = try body() } catch { return error as? RPCError }
        return nil
    }
}
