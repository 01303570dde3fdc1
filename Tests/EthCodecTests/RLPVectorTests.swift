import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@Suite("RLP against third-party vectors", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct RLPVectorTests {
    /// Integers become integers, `#…` decimal big integers, other text its UTF-8 bytes.
    static func item(_ value: Any) throws -> RLPItem {
        switch value {
        case let list as [Any]: return .list(try list.map(item))
        case let text as String where text.hasPrefix("#"): return try big(String(text.dropFirst()))
        case let text as String: return .bytes(Array(text.utf8))
        case let number as NSNumber: return .integer(number.uint64Value)
        default: throw CocoaError(.coderInvalidValue)
        }
    }

    /// The suite has one integer of 257 bits, 2²⁵⁶, which only bytes can hold.
    static func big(_ digits: String) throws -> RLPItem {
        if let value = UInt256(digits) { return .integer(value) }
        #expect(digits == "115792089237316195423570985008687907853269984665640564039457584007913129639936")
        return .bytes([1] + [UInt8](repeating: 0, count: 32))
    }

    @Test("valid vectors encode to their bytes and decode back", arguments: ["rlptest.json"])
    func valid(file: String) throws {
        let cases = try #require(try SharedVectors.object("ethereum-tests/RLPTests/\(file)") as? [String: [String: Any]])
        var tally = VectorTally("ethereum-tests/RLPTests/\(file)")
        for (name, test) in cases {
            let item = try Self.item(try #require(test["in"]))
            let bytes = try SharedVectors.unhex(try #require(test["out"] as? String))
            let (encoded, decoded) = (RLPEncoder.encode(item), try RLPDecoder.decode(bytes))
            #expect(encoded == bytes, "\(name)")
            #expect(decoded == item, "\(name)")
            tally.count(encoded == bytes && decoded == item)
        }
        tally.report()
    }

    @Test("random valid vectors decode and encode to the same bytes")
    func random() throws {
        let cases = try #require(
            try SharedVectors.object("ethereum-tests/RLPTests/RandomRLPTests/example.json") as? [String: [String: String]])
        var tally = VectorTally("ethereum-tests/RLPTests/RandomRLPTests")
        for (name, test) in cases {
            let bytes = try SharedVectors.unhex(try #require(test["out"]))
            let again = RLPEncoder.encode(try RLPDecoder.decode(bytes))
            #expect(again == bytes, "\(name)")
            tally.count(again == bytes)
        }
        tally.report()
    }

    @Test("invalid vectors are refused")
    func invalid() throws {
        let cases = try #require(
            try SharedVectors.object("ethereum-tests/RLPTests/invalidRLPTest.json") as? [String: [String: String]])
        var tally = VectorTally("ethereum-tests/RLPTests/invalidRLPTest.json")
        for (name, test) in cases {
            let bytes = try SharedVectors.unhex(try #require(test["out"]))
            let error = #expect(throws: RLPError.self, "\(name)") { try RLPDecoder.decode(bytes) }
            tally.count(error != nil)
        }
        tally.report()
    }

    @Test("the ethers vectors encode to their bytes and decode back")
    func ethers() throws {
        func item(_ value: Any) throws -> RLPItem {
            if let list = value as? [Any] { return .list(try list.map(item)) }
            return .bytes(try SharedVectors.unhex(try #require(value as? String)))
        }
        let cases = try #require(try SharedVectors.object("ethers/rlp.json.gz") as? [[String: Any]])
        var tally = VectorTally("ethers/rlp.json.gz")
        for test in cases {
            let item = try item(try #require(test["decoded"]))
            let bytes = try SharedVectors.unhex(try #require(test["encoded"] as? String))
            let (encoded, decoded) = (RLPEncoder.encode(item), try RLPDecoder.decode(bytes))
            #expect(encoded == bytes)
            #expect(decoded == item)
            tally.count(encoded == bytes && decoded == item)
        }
        tally.report()
    }
}
