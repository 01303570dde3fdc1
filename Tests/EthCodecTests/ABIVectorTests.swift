import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@Suite("ABI against third-party vectors", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct ABIVectorTests {
    /// A JSON value as the ABI value that its type asks for.
    static func value(_ json: Any, _ type: ABIType) throws -> ABIValue {
        switch type {
        case .uint: return .uint(try #require(UInt256("\(json)")))
        case .int: return .int(try #require(Int256("\(json)")))
        case .bool: return .bool(try #require(json as? Bool))
        case .address: return .address(try Address(hex: try #require(json as? String)))
        case .fixedBytes(let count):
            let text = try #require(json as? String)
            let bytes = text.hasPrefix("0x") ? try Hex.decode(text) : Array(text.utf8)
            #expect(bytes.count == count)
            return .fixedBytes(bytes)
        case .function: return .fixedBytes(try Hex.decode(try #require(json as? String)))
        case .bytes:
            let text = try #require(json as? String)
            return .bytes(text.hasPrefix("0x") ? try Hex.decode(text) : Array(text.utf8))
        case .string: return .string(try #require(json as? String))
        case .array(let element), .fixedArray(let element, _):
            return .array(try #require(json as? [Any]).map { try value($0, element) })
        case .tuple(let members):
            let values = try #require(json as? [Any])
            return .tuple(try zip(values, members).map { try value($0, $1) })
        }
    }

    @Test("the ethers vectors encode to their bytes and decode back")
    func ethers() throws {
        let cases = try #require(try SharedVectors.object("ethers/abi.json.gz") as? [[String: Any]])
        var tally = VectorTally("ethers/abi.json.gz")
        for test in cases {
            let name = try #require(test["name"] as? String)
            let text = try #require(test["type"] as? String)
            let type = try ABIType(parsing: text)
            let value = try Self.value(try #require(test["value"]), type)
            let bytes = try SharedVectors.unhex(try #require(test["encoded"] as? String))
            let (encoded, decoded) = (try ABIValue.encode([value], as: [type]), try ABIValue.decode(bytes, as: [type]))
            #expect(encoded == bytes, "\(name)")
            #expect(decoded == [value], "\(name)")
            // The way through our own JSON: what the toolbox prints reads back as the same value.
            let again = try ABIValue(json: value.json, type: type)
            #expect(again == value, "\(name)")
            tally.count(encoded == bytes && decoded == [value] && again == value)
        }
        tally.report()
    }

    @Test("the ethereum/tests vectors encode to their bytes and decode back")
    func ethereumTests() throws {
        let cases = try #require(
            try SharedVectors.object("ethereum-tests/ABITests/basic_abi_tests.json") as? [String: [String: Any]])
        var tally = VectorTally("ethereum-tests/ABITests/basic_abi_tests.json")
        for (name, test) in cases {
            let types = try #require(test["types"] as? [String]).map { try ABIType(parsing: $0) }
            let values = try zip(try #require(test["args"] as? [Any]), types).map { try Self.value($0, $1) }
            let bytes = try SharedVectors.unhex(try #require(test["result"] as? String))
            let (encoded, decoded) = (try ABIValue.encode(values, as: types), try ABIValue.decode(bytes, as: types))
            #expect(encoded == bytes, "\(name)")
            #expect(decoded == values, "\(name)")
            tally.count(encoded == bytes && decoded == values)
        }
        tally.report()
    }

    @Test("damaged ethers vectors never trap, and what still decodes encodes without error")
    func damaged() throws {
        let cases = try #require(try SharedVectors.object("ethers/abi.json.gz") as? [[String: Any]])
        var random = SplitMix(state: 11)
        var (decoded, refused) = (0, 0)
        for test in cases {
            let type = try ABIType(parsing: try #require(test["type"] as? String))
            let bytes = try SharedVectors.unhex(try #require(test["encoded"] as? String))
            for round in 0..<8 {
                var bytes = bytes
                if round == 0 { bytes.removeLast(min(bytes.count, Int.random(in: 1...64, using: &random))) }
                // Offsets and lengths sit in the last bytes of words, so damage there is the most telling.
                for _ in 0..<2 where bytes.count >= 32 {
                    let word = Int.random(in: 0..<bytes.count / 32, using: &random)
                    bytes[word * 32 + 31 - Int.random(in: 0...2, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                do {
                    _ = try ABIValue.encode(try ABIValue.decode(bytes, as: [type]), as: [type])
                    decoded += 1
                } catch {
                    refused += 1
                }
            }
        }
        print("ABI: of \(decoded + refused) damaged encodings \(refused) refused")
        #expect(refused > 0)
    }
}
