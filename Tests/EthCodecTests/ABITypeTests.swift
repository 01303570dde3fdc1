import EthCodec
import Testing

@Suite("ABI types")
struct ABITypeTests {
    @Test(
        "types parse to their canonical text",
        arguments: [
            ("uint", "uint256"), ("int", "int256"), ("uint8", "uint8"), ("bytes", "bytes"), ("bytes32", "bytes32"),
            ("(uint256,string)[]", "(uint256,string)[]"),
            ("(address,(uint,bytes4[3])[2])[]", "(address,(uint256,bytes4[3])[2])[]"),
            ("function", "function"), ("()", "()"), ("tuple(address,tuple(bool)[])", "(address,(bool)[])"),
            ("bool[2][][7]", "bool[2][][7]"),
        ])
    func parsing(text: String, canonical: String) throws {
        let type = try ABIType(parsing: text)
        #expect(type.canonical == canonical)
        #expect(try ABIType(parsing: canonical) == type)
    }

    @Test(
        "malformed types are refused",
        arguments: [
            "", "uint7", "uint264", "uint08", "bytes0", "bytes33", "string1", "uint256[", "uint256[0]", "uint256[01]",
            "uint256[-1]",
            "(uint256", "(uint256,)", "(,uint256)", "uint256)", "uint256 ", "Uint256", "(())", "tuple", "uint256[99999999999]",
            "(uint8)x",
            String(repeating: "(", count: 5000), "bool" + String(repeating: "[]", count: 5000),
            String(repeating: "(", count: 33) + "bool" + String(repeating: ")", count: 33),
        ])
    func malformed(text: String) {
        #expect(throws: ABIError.self) { try ABIType(parsing: text) }
    }

    @Test("head sizes and dynamism follow the specification")
    func sizes() throws {
        #expect(try ABIType(parsing: "(uint8,bool)[3]").headSize == 192)
        #expect(try ABIType(parsing: "(uint8,string)[3]").headSize == 32)
        #expect(try ABIType(parsing: "(uint8,string)[3]").isDynamic)
        #expect(try ABIType(parsing: "uint8[2][3]").isDynamic == false)
        #expect(try ABIType(parsing: "uint8[2000000000][2000000000][2000000000]").headSize == .max)
    }
}
