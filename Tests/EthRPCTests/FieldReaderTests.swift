import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

@Suite("Strict fields")
struct FieldReaderTests {
    @Test(
        "reads minimal quantities of either case",
        arguments: [("0x0", 0), ("0x1", 1), ("0xff", 255), ("0xFf", 255), ("0x400", 1024)] as [(String, UInt64)])
    func quantities(_ text: String, _ value: UInt64) throws {
        #expect(Quantity.parse(text) == UInt256(value))
        #expect(try FieldReader(.string(text), path: "x").uint64() == value)
    }

    @Test("reads the largest word and 64-bit value, not one more")
    func limits() throws {
        #expect(Quantity.parse("0x" + String(repeating: "f", count: 64)) == .max)
        #expect(Quantity.parse("0x1" + String(repeating: "0", count: 64)) == nil)
        #expect(try FieldReader("0xffffffffffffffff", path: "x").uint64() == .max)
        #expect(throws: RPCError.self) { try FieldReader("0x10000000000000000", path: "x").uint64() }
    }

    @Test(
        "refuses everything else",
        arguments: ["", "0", "0x", "x1", "1", "0x01", "0x00", "0X1", "0xg", " 0x1", "0x1 ", "-0x1", "0x+1", "0x1_0", "0xé"])
    func malformed(_ text: String) {
        #expect(Quantity.parse(text) == nil)
        let error = #expect(throws: RPCError.self) { try FieldReader(.string(text), path: "result.gas").quantity() }
        #expect(error?.code == .malformedResult)
        #expect(error?.message.hasPrefix("result.gas: expected a quantity") == true)
    }

    @Test("a JSON number, null or object is no quantity", arguments: [.number("1"), .null, .object([]), true, []] as [JSON])
    func otherKinds(_ json: JSON) {
        #expect(throws: RPCError.self) { try FieldReader(json, path: "x").quantity() }
        #expect(throws: RPCError.self) { try FieldReader(json, path: "x").bytes() }
        #expect(throws: RPCError.self) { try FieldReader(json, path: "x").member("y") }
    }

    @Test("bytes have an even number of digits; words 32 bytes; addresses 20")
    func bytes() throws {
        #expect(try FieldReader("0x", path: "x").bytes().isEmpty)
        #expect(try FieldReader("0xAb0c", path: "x").bytes() == [0xAB, 0x0C])
        for text in ["", "0", "0x0", "0xzz", "ab"] {
            #expect(throws: RPCError.self) { try FieldReader(.string(text), path: "x").bytes() }
        }
        for count in [0, 19, 20, 21, 31, 32, 33] {
            let reader = FieldReader(.string(Hex.encode([UInt8](repeating: 7, count: count))), path: "x")
            let isWord = (try? reader.b256()) != nil  // only whether it decodes matters
            let isAddress = (try? reader.address()) != nil  // as above
            #expect(isWord == (count == 32))
            #expect(isAddress == (count == 20))
        }
    }

    @Test("an error names the field, the value and what was expected")
    func paths() throws {
        let reader = FieldReader(.object(["logs": [.object(["topics": ["0x1"]])], "none": .null]), path: "result")
        let topic = try reader.member("logs").elements()[0].member("topics").elements()[0]
        let error = #expect(throws: RPCError.self) { try topic.b256() }
        #expect(error?.message.hasPrefix("result.logs[0].topics[0]: expected") == true)
        #expect(error?.message.contains("0x1") == true)
        let missing = #expect(throws: RPCError.self) { try reader.member("gas") }
        #expect(missing?.message == "result.gas: expected a value, the field is missing")
        #expect(try reader.optional("none")?.json == nil)
        #expect(try reader.optional("gone")?.json == nil)
    }

    @Test("quantities are written minimally")
    func encoding() {
        #expect(Quantity.encode(UInt64(0)) == "0x0")
        #expect(Quantity.encode(UInt64.max) == "0xffffffffffffffff")
        #expect(Quantity.encode(UInt256.zero) == "0x0")
        #expect(Quantity.encode(UInt256(256)) == "0x100")
    }
}
