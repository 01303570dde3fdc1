import EthCodec
import EthPrimitives
import TestSupport
import Testing

@Suite("Packed ABI encoding")
struct ABIPackedTests {
    static func pack(_ values: JSON, _ types: String...) throws -> String {
        let types = try types.map { try ABIType(parsing: $0) }
        return Hex.encode(try ABIValue.encodePacked(try ABIValue.values(json: values, types: types), as: types))
    }

    @Test("the example of the Solidity documentation")
    func documentation() throws {
        let values: JSON = ["-1", "0x42", 3, "Hello, world!"]
        #expect(try Self.pack(values, "int16", "bytes1", "uint16", "string") == "0xffff42000348656c6c6f2c20776f726c6421")
    }

    @Test("elements of arrays are padded to words, nothing else is")
    func padding() throws {
        #expect(
            try Self.pack([["-1", 2]], "int8[]") == "0x" + String(repeating: "f", count: 64) + String(repeating: "0", count: 63)
                + "2")
        #expect(try Self.pack([[[true], [false]]], "bool[1][2]").utf8.count == 2 + 128)
        #expect(try Self.pack([true, "0x", [], "0x0a"], "bool", "bytes", "uint256[]", "bytes") == "0x010a")
        #expect(
            try Self.pack([.string("0x" + String(repeating: "ab", count: 24))], "function") == "0x"
                + String(repeating: "ab", count: 24))
    }

    @Test(
        "types without a packed form are refused",
        arguments: ["(bool)", "(bool)[]", "string[]", "bytes[2]", "bool[][]", "bool[][2]", "bool[][2][2]"])
    func refused(text: String) throws {
        let type = try ABIType(parsing: text)
        let values: [ABIValue] = text == "(bool)" ? [.tuple([.bool(true)])] : [.array([])]
        #expect(throws: ABIError.notPackable(type: text)) { try ABIValue.encodePacked(values, as: [type]) }
    }

    @Test("values that do not fit are refused")
    func mismatch() {
        #expect(throws: ABIError.mismatch(type: "uint8")) { try ABIValue.encodePacked([.uint(256)], as: [.uint(bits: 8)]) }
        #expect(throws: ABIError.mismatch(type: "bytes")) { try ABIValue.encodePacked([.uint(256)], as: [.bytes]) }
        #expect(throws: ABIError.mismatch(type: "bool")) { try ABIValue.encodePacked([.string("")], as: [.bool]) }
        #expect(throws: ABIError.mismatch(type: "bool[]")) { try ABIValue.encodePacked([.bool(true)], as: [.array(.bool)]) }
        #expect(throws: ABIError.wrongCount(expected: 1, actual: 0)) { try ABIValue.encodePacked([], as: [.bool]) }
    }

    @Test("the ethers vectors have their Keccak-256 hash", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func ethers() throws {
        let cases = try #require(try JSONScanner.parse(SharedVectors.bytes("ethers/solidity-hashes.json.gz")).array)
        var tally = VectorTally("ethers/solidity-hashes.json.gz")
        for test in cases {
            let types = try #require(test["types"]?.array).map { try ABIType(parsing: try #require($0.string)) }
            let values = try ABIValue.values(json: try #require(test["values"]), types: types)
            let hash = Keccak256.hash(try ABIValue.encodePacked(values, as: types)).description
            #expect(hash == test["keccak256"]?.string, "\(test["name"]?.string ?? "")")
            tally.count(hash == test["keccak256"]?.string)
            for column in ["sha256", "ripemd160"] where test[column] != nil {
                tally.skip("column \(column): the library has no such hash, and what is hashed is the same")
            }
        }
        tally.report()
    }
}
