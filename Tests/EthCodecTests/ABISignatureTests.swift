import EthCodec
import EthPrimitives
import Testing

@Suite("ABI signatures in human-readable form")
struct ABISignatureTests {
    @Test(
        "declarations parse to their canonical text",
        arguments: [
            ("transfer(address,uint256)", "transfer(address,uint256)"),
            ("function transfer(address to, uint amount) view returns (bool)", "transfer(address,uint256)"),
            ("  function  f ( uint8 [ ] [2] a , bytes calldata b ) external payable virtual ;", "f(uint8[][2],bytes)"),
            ("aggregate3((address target, bool allowFailure, bytes callData)[] calls)", "aggregate3((address,bool,bytes)[])"),
            ("aggregate3(tuple(address,bool,bytes)[] calls)(tuple(bool,bytes)[])", "aggregate3((address,bool,bytes)[])"),
            ("event Transfer(address indexed from, address indexed to, uint256 value)", "Transfer(address,address,uint256)"),
            ("error InsufficientBalance(uint256 available, uint256 required)", "InsufficientBalance(uint256,uint256)"),
            ("send(address payable to)", "send(address)"), ("poke()", "poke()"), ("error(uint)", "error(uint256)"),
            ("$f_1(function cb)", "$f_1(function)"), ("event(string)", "event(string)"),
        ])
    func canonical(text: String, canonical: String) throws {
        let signature = try ABISignature(parsing: text)
        #expect(signature.canonical == canonical)
        #expect(try ABISignature(parsing: signature.description) == signature)
    }

    @Test("kinds, names, topics and outputs are kept")
    func parts() throws {
        let function = try ABISignature(
            parsing: "function peek(bytes32 ilk) public view returns (bytes32 value, (bool has, uint8[2] more) status)")
        #expect(function.kind == .function)
        #expect(function.stateMutability == .view)
        #expect(function.inputs == [ABIParameter("ilk", .fixedBytes(count: 32))])
        #expect(function.outputs.map(\.name) == ["value", "status"])
        #expect(function.outputs[1].components.map(\.name) == ["has", "more"])
        #expect(function.description.hasSuffix("view returns (bytes32 value, (bool has, uint8[2] more) status)"))

        let event = try ABISignature(
            parsing:
                "event LogNote(bytes4 indexed sig, address indexed usr, bytes32 indexed a, bytes32 indexed b, bytes data) anonymous"
        )
        #expect(event.kind == .event && event.isAnonymous)
        #expect(event.inputs.map(\.isIndexed) == [true, true, true, true, false])
        #expect(try ABISignature(parsing: "Poke(bytes32 indexed ilk)", as: .event).inputs[0].isIndexed)

        #expect(try ABISignature(parsing: "constructor(address owner)").kind == .constructor)
        #expect(try ABISignature(parsing: "receive() external payable").stateMutability == .payable)
        #expect(try ABISignature(parsing: "fallback()").kind == .fallback)
        #expect(try ABISignature(parsing: "function f() constant returns (bool)").stateMutability == .view)
    }

    @Test("selectors and topics are the known ones")
    func hashes() throws {
        #expect(try ABISignature(parsing: "transfer(address to, uint amount)").selector == Selector(0xa905_9cbb))
        #expect(try ABISignature(parsing: "aggregate3((address,bool,bytes)[])").selector == Selector(0x82ad_56cb))
        #expect(try ABISignature(parsing: "error Error(string)").selector == Selector(0x08c3_79a0))
        #expect(
            try ABISignature(parsing: "event Transfer(address indexed a, address indexed b, uint256)").topic.description
                == "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")
    }

    static let malformed: [(String, String)] = [
        ("", "expected a name at character 0"), ("poke", "expected ( at character 4"), ("(uint256)", "expected a name"),
        ("poke()()()", "unexpected text"), ("poke(uint256)[]", "unexpected text"), ("poke(uint7)", "unknown type \"uint7\""),
        ("poke(uint256", "expected , or )"), ("poke(,)", "unknown type"), ("poke(uint256,)", "unknown type"),
        ("f(uint256 indexed a)", "indexed does not belong here"), ("f(uint256 memory a)", "memory does not belong here"),
        ("f(bool payable a)", "payable does not belong here"), ("f(uint256 a b)", "expected , or )"),
        ("f() sometimes", "unexpected \"sometimes\""), ("f() view pure", "unexpected \"pure\""),
        ("event E(bool indexed a, bool indexed b, bool indexed c, bool indexed d)", "more than 3 indexed"),
        ("event E(bool) view", "unexpected \"view\""), ("event E((bool indexed a) b)", "indexed does not belong here"),
        ("error E(bool) view", "unexpected text"), ("f(uint256[0] a)", "of zero"), ("f(() a)", "empty tuple"),
        ("f(mapping(address => bool) a)", "unknown type"), ("f(struct S a)", "unknown type"), ("f(uint 256)", "expected , or )"),
        ("1f()", "expected a name"), ("f(bool)\u{0}", "unexpected text"), ("é(bool)", "expected a name"),
        ("f(" + String(repeating: "(", count: 5000), "nested deeper than 32"),
        ("f(bool" + String(repeating: "[]", count: 5000), "nested deeper than 32"),
    ]

    @Test("malformed declarations are refused, saying what and where", arguments: malformed)
    func refused(text: String, reason: String) {
        do {
            _ = try ABISignature(parsing: text)
            Issue.record("accepted \(text)")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
            #expect(error.description.utf8.count < 300)
        }
    }

    @Test("single parameters parse with their names")
    func parameters() throws {
        #expect(try ABIParameter(parsing: "address to") == ABIParameter("to", .address))
        #expect(try ABIParameter(parsing: "bytes32 indexed ilk") == ABIParameter("ilk", .fixedBytes(count: 32), isIndexed: true))
        let calls = try ABIParameter(parsing: "(address target, bytes data)[] calls")
        #expect(calls.components.map(\.name) == ["target", "data"])
        #expect(calls.type.canonical == "(address,bytes)[]")
        for text in ["", "address to, bool", "address)", "address) (bool"] {
            #expect(throws: ABIError.self, "\(text)") { try ABIParameter(parsing: text) }
        }
    }
}
