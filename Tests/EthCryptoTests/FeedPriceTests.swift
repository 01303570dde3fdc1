import EthCrypto
import EthPrimitives
import Foundation
import TestSupport
import Testing

/// Prices that real oracle feeds signed for the Median contract.
@Suite("Feed prices", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct FeedPriceTests {
    struct Price: Decodable {
        let R, S, V, age, from, hash, val, wat: String
    }

    @Test("every price recovers to the feed that sent it")
    func recover() throws {
        var tally = VectorTally("feeds/chronicle_prices")
        let prices = try SharedVectors.lines("feeds/chronicle_prices.jsonl", as: Price.self)
        for price in prices {
            // Median hashes the packed words val, age, wat.
            let age = try #require(ISO8601DateFormatter().date(from: price.age))
            let words = [
                try #require(UInt256(price.val)).bigEndianBytes, UInt256(UInt64(age.timeIntervalSince1970)).bigEndianBytes,
                try #require(B256(ascii: price.wat)),
            ]
            // A closure, because Swift 6.3.1 crashes on a key path into a type with a value parameter.
            let hash = Keccak256.hash(words.flatMap { $0.bytes })
            #expect(Hex.encodeUnprefixed(hash.bytes) == price.hash)
            let signature = try Signature(Hex.decode("0x" + price.R + price.S + price.V))
            let held = try signature.recoverAddress(MessageHash.personal(hash.bytes)).hex == price.from
            #expect(held)
            tally.count(held)
        }
        tally.report()
        #expect(tally.passed == 125)
    }
}
