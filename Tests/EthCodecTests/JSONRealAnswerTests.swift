import Foundation
import TestSupport
import Testing

@testable import EthCodec

@Suite("JSON scanner on recorded answers", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct JSONRealAnswerTests {
    static let files = [
        "rpc/mainnet_rpc_pairs.jsonl.gz", "rpc/etherscan_proxy_pairs.jsonl.gz", "rpc/price_api_pairs.jsonl.gz",
        "geth/geth-wire.jsonl.gz",
    ]

    @Test("agrees with Foundation, walks over what it parses, and reads back what it writes", arguments: files)
    func roundTrip(_ file: String) throws {
        let lines = try SharedVectors.lines(file)
        for line in lines {
            let value = try JSONScanner.parse(line)
            #expect(try extent(line) == line.count)
            let written = JSONWriter.bytes(of: value)
            #expect(try JSONScanner.parse(written) == value)
            #expect(JSONWriter.bytes(of: try JSONScanner.parse(written)) == written)
            let ours = try JSONSerialization.jsonObject(with: Data(written)) as? NSDictionary
            let theirs = try JSONSerialization.jsonObject(with: Data(line)) as? NSDictionary
            #expect(ours == theirs)
        }
        #expect(lines.count > 70)
        print("\(file): \(lines.count) lines read and written")
    }

    @Test("never crashes on mutations, and what it accepts it can write", arguments: files)
    func mutations(_ file: String) throws {
        var random = SeededRandom(0x4A53_4F4E)
        var accepted = 0
        let lines = try SharedVectors.lines(file).filter { $0.count < 20_000 }
        let count = 1_500
        for _ in 0..<count {
            let line = try #require(lines.randomElement(using: &random))
            let mutated = random.mutation(of: line)
            guard let value = try? JSONScanner.parse(mutated) else { continue }  // an error is the usual answer
            accepted += 1
            #expect(try JSONScanner.parse(JSONWriter.bytes(of: value)) == value)
            #expect(throws: Never.self) { try extent(mutated) }
        }
        print("\(file): \(count) mutations, \(accepted) still JSON")
    }
}
