import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Twelve hours recorded from a real geth", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct RealRecordingTests {
    static let file = "geth/geth-poker-hours-a.jsonl.gz"

    private func cassette() throws -> Cassette { try Cassette(path: SharedVectors.path(Self.file)) }

    @Test("loads with every head that an independent count finds, in order, the orphan and its sibling among them")
    func heads() throws {
        let cassette = try cassette()
        var expected: [String] = []
        var exchanges = 0
        for line in try SharedVectors.objects(Self.file) {
            exchanges += 1
            guard let requests = line["request"] as? [[String: Any]], let responses = line["response"] as? [[String: Any]] else {
                continue
            }
            for request in requests where (request["method"] as? String)?.hasPrefix("eth_getBlockBy") == true {
                let id = try #require(request["id"] as? Int)
                let answer = try #require(responses.first { $0["id"] as? Int == id }?["result"] as? [String: Any])
                let hash = try #require(answer["hash"] as? String)
                if expected.last != hash { expected.append(hash) }
            }
        }
        #expect(cassette.heads.map { $0.hash.description } == expected)
        #expect(cassette.exchangeCount == exchanges)
        #expect(cassette.notes.count == 1 && cassette.alteration == nil && cassette.missingHeader == nil)
        let siblings = Dictionary(grouping: cassette.heads, by: \.number).values.filter { $0.count > 1 }
        #expect(siblings.count == 1)
        let pair = try #require(siblings.first)
        #expect(pair.count == 2 && pair[0].parentHash == pair[1].parentHash && pair[0].hash != pair[1].hash)
        for head in pair {
            #expect(cassette.number(of: head.hash) == head.number)
        }
        // The poke was mined in the orphan, and again one block above its sibling, in which nothing happened.
        let orphaned = try #require(cassette.evidence(of: pair[0].hash)?.receipts.first)
        let child = try #require(cassette.heads.first { $0.parentHash == pair[1].hash })
        #expect(cassette.evidence(of: pair[1].hash) == nil)
        #expect(cassette.evidence(of: child.hash)?.receipts.map { $0.transactionHash } == [orphaned.transactionHash])
        print("\(exchanges) exchanges, \(cassette.heads.count) heads, one orphan at height \(pair[0].number)")
    }

    @Test("offers every recorded receipt and log as evidence of its block")
    func evidence() throws {
        let cassette = try cassette()
        var receipts: Set<String> = []
        var logs: Set<String> = []
        for line in try SharedVectors.objects(Self.file) {
            guard let request = line["request"] as? [String: Any], let response = line["response"] as? [String: Any] else {
                continue
            }
            if let receipt = response["result"] as? [String: Any], let hash = receipt["transactionHash"] as? String {
                receipts.insert(hash + (receipt["blockHash"] as? String ?? ""))
            }
            guard request["method"] as? String == "eth_getLogs" else { continue }
            for log in try #require(response["result"] as? [[String: Any]]) {
                logs.insert("\(log["blockHash"] ?? "")\(log["logIndex"] ?? "")")
            }
        }
        let blocks = cassette.evidencedBlocks
        let evidence = blocks.compactMap { cassette.evidence(of: $0.hash) }
        #expect(evidence.flatMap(\.receipts).count == receipts.count && receipts.count > 10)
        #expect(evidence.flatMap(\.logs).count == logs.count)
        #expect(evidence.allSatisfy { !$0.isEmpty })
        #expect(blocks.map(\.number) == blocks.map(\.number).sorted())
        for block in blocks {
            let found = try #require(cassette.evidence(of: block.hash))
            #expect(found.receipts.allSatisfy { $0.blockHash == block.hash && $0.blockNumber == block.number })
            #expect(found.logs.allSatisfy { $0.blockHash == block.hash && $0.blockNumber == block.number })
        }
        print("\(receipts.count) receipts and \(logs.count) logs as evidence of \(blocks.count) blocks")
    }

    @Test("answers every recorded request with the recorded bytes")
    func everyAnswer() async throws {
        let cassette = try cassette()
        let replaying = ReplayingTransport(cassette)
        var answered = 0
        for line in try SharedVectors.lines(Self.file) {
            let json = try JSONScanner.parse(line)
            let requests = try #require(json["request"].map { $0.array ?? [$0] })
            let responses = try #require(json["response"].map { $0.array ?? [$0] })
            let batch = try requests.enumerated().map { index, request in
                RPCRequest(
                    id: UInt64(1_000 + index), method: try #require(request["method"]?.string),
                    params: try #require(request["params"]?.array))
            }
            let answers = try await replaying.send(batch)
            #expect(answers.map(\.id) == batch.map(\.id))
            for (answer, response) in zip(answers, responses) {
                #expect(try answer.result() == response["result"])
                answered += 1
            }
        }
        #expect(answered > 418 * 71)
        print("\(answered) recorded answers replayed")
    }

    @Test("mutated lines of the recording never crash")
    func fuzz() throws {
        var random = SeededRandom(0x6E7)
        let lines = try SharedVectors.lines(Self.file)
        for _ in 0..<600 {
            let line = try #require(lines.randomElement(using: &random))
            _ = try? Cassette(ndjson: random.mutation(of: line))  // it may load or not
        }
    }
}
