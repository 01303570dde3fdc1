import EthCodec
import EthPrimitives
import Testing

@Suite("Contract interfaces at run time")
struct ABIDocumentTests {
    static let json = """
        [{"type":"constructor","inputs":[{"name":"owner","type":"address"}],"stateMutability":"payable"},
         {"name":"aggregate","inputs":[{"name":"calls","type":"tuple[2][]","internalType":"struct M.Call[2][]","components":
            [{"name":"target","type":"address"},{"name":"data","type":"bytes"}]}],
          "outputs":[{"type":"uint256"}],"constant":true,"gas":12},
         {"type":"function","name":"old","inputs":[],"payable":true},
         {"type":"event","name":"Transfer","inputs":[{"name":"from","type":"address","indexed":true},
            {"name":"to","type":"address","indexed":true},{"name":"value","type":"uint256"}]},
         {"type":"event","name":"Transfer","inputs":[{"name":"from","type":"address","indexed":true},
            {"name":"to","type":"address","indexed":true},{"name":"id","type":"uint256","indexed":true}],"anonymous":false},
         {"type":"event","name":"Said","inputs":[{"name":"what","type":"string","indexed":true},{"name":"pair","type":"uint8[2]","indexed":true},
            {"name":"by","type":"address","indexed":true},{"name":"more","type":"string"}]},
         {"type":"event","name":"LogNote","anonymous":true,"inputs":[{"name":"sig","type":"bytes4","indexed":true},
            {"name":"usr","type":"address","indexed":true},{"name":"arg1","type":"bytes32","indexed":true},
            {"name":"arg2","type":"bytes32","indexed":true},{"name":"data","type":"bytes"}]},
         {"type":"error","name":"TooLow","inputs":[{"name":"have","type":"uint256"},{"name":"need","type":"uint256"}]},
         {"type":"receive","stateMutability":"payable"},{"type":"fallback"}]
        """

    static func document() throws -> ABIDocument { try ABIDocument(parsing: Array(json.utf8)) }
    static let alice = (0xd8da_6bf2_6964_af9d_7eed_9e03_e534_15d3_7aa9_6045 as UInt256).bigEndianBytes

    @Test("entries carry names, tuples, flags and what old compilers wrote")
    func entries() throws {
        let entries = try Self.document().entries
        #expect(
            entries.map(\.description) == [
                "constructor(address owner) payable",
                "function aggregate((address target, bytes data)[2][] calls) view returns (uint256)", "function old() payable",
                "event Transfer(address indexed from, address indexed to, uint256 value)",
                "event Transfer(address indexed from, address indexed to, uint256 indexed id)",
                "event Said(string indexed what, uint8[2] indexed pair, address indexed by, string more)",
                "event LogNote(bytes4 indexed sig, address indexed usr, bytes32 indexed arg1, bytes32 indexed arg2, bytes data) anonymous",
                "error TooLow(uint256 have, uint256 need)", "receive() payable", "fallback()",
            ])
        #expect(entries[1].canonical == "aggregate((address,bytes)[2][])")
        #expect(entries[1].inputs[0].internalType == "struct M.Call[2][]")
        let artifact = try ABIDocument(parsing: Array(#"{"contractName":"X","abi":\#(Self.json)}"#.utf8))
        #expect(artifact.entries == entries)
        let again = try ABIDocument(declarations: entries.map(\.description).joined(separator: "\n\n"))
        #expect(again.entries.map(\.description) == entries.map(\.description))
    }

    static let broken: [(String, String)] = [
        ("{}", "expected an array of entries, got an object"), ("[1]", "[0]: expected an object, got a number"),
        ("[", "JSON ends early, after 1 bytes"), (#"[{"type":"function"}]"#, "[0].name: a function needs a name"),
        (#"[{"type":"modifier","name":"m"}]"#, "[0].type: there is no kind of entry \"modifier\""),
        (#"[{"type":1}]"#, "[0].type: expected a string, got a number"),
        (#"[{"name":"f","name":"g"}]"#, "JSON has an object with two members \"name\", the second before offset 20"),
        (#"[{"name":"f","inputs":{}}]"#, "[0].inputs: expected an array, got an object"),
        (#"[{"name":"f"},{"name":"f","inputs":[{"name":"x"}]}]"#, "[1].inputs[0].type: a parameter needs a type"),
        (#"[{"name":"f","inputs":["uint256"]}]"#, "[0].inputs[0]: expected an object, got a string"),
        (
            #"[{"name":"f","inputs":[{"type":"uint7"}]}]"#,
            "[0].inputs[0].type: \"uint7\" is not an ABI type: unknown type \"uint7\" at character 0"
        ),
        (#"[{"name":"f","outputs":[{"type":"tuple[]"}]}]"#, "[0].outputs[0].components: a tuple needs members"),
        (
            #"[{"name":"f","inputs":[{"type":"tuple","components":[{"type":"x"}]}]}]"#,
            "[0].inputs[0].components[0].type: \"x\" is not an ABI type: unknown type \"x\" at character 0"
        ),
        (#"[{"name":"f","inputs":[{"type":"tupleX","components":[]}]}]"#, "[0].inputs[0].type: \"tupleX\" is not an ABI type"),
        (#"[{"name":"f","stateMutability":"maybe"}]"#, "[0].stateMutability: there is no state mutability \"maybe\""),
        (#"[{"type":"event","name":"E","anonymous":"yes"}]"#, "[0].anonymous: expected true or false, got a string"),
        (
            #"[{"type":"event","name":"E","inputs":[{"type":"bool","indexed":1}]}]"#,
            "[0].inputs[0].indexed: expected true or false"
        ),
        (
            #"[{"type":"event","name":"E","inputs":[\#(Array(repeating: #"{"type":"bool","indexed":true}"#, count: 4).joined(separator: ","))]}]"#,
            "[0].inputs: more than 3 indexed parameters"
        ),
    ]

    @Test("errors name the entry and the member", arguments: broken)
    func errors(json: String, message: String) {
        do {
            _ = try ABIDocument(parsing: Array(json.utf8))
            Issue.record("accepted \(json)")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }

    @Test("calls and errors are found by selector and decoded")
    func calls() throws {
        let document = try Self.document()
        let aggregate = try #require(document.entries(.function, named: "aggregate").first)
        let zero = ABIValue.address(.zero)
        let values: [ABIValue] = [.array([.array([.tuple([zero, .bytes([1])]), .tuple([zero, .bytes([])])])])]
        let data = try aggregate.encodeCall(values)
        #expect(try document.decodeCall(data) == ABIDecodedCall(aggregate, values))
        #expect(try document.decodeCall([1, 2, 3, 4]) == nil)
        #expect(try document.decodeCall([1, 2]) == nil)
        #expect(throws: ABIError.self) { try document.decodeCall(data + [0]) }
        #expect(try aggregate.decodeOutput(words(7)) == [.uint(7)])
        #expect(try aggregate.decodeOutput(words(7, 8)) == [.uint(7)])
        #expect(throws: ABIError.emptyOutput) { try aggregate.decodeOutput([]) }
        #expect(try document.entries[2].decodeOutput([]) == [])
        #expect(try document.entries[0].encodeCall([zero]) == words(0))

        let error = try ABISignature(parsing: "TooLow(uint256,uint256)").selector.bytes + words(1, 2)
        #expect(try document.decodeError(error).map { "\($0)" } == "TooLow(have: 1, need: 2)")
        #expect(try document.decodeCall(error) == nil)
        #expect(throws: ABIError.wrongSelector(expected: aggregate.selector, actual: Array(error.prefix(4)))) {
            try aggregate.decodeArguments(error)
        }
    }

    @Test("logs are told apart by topic and number of topics")
    func transfers() throws {
        let document = try Self.document()
        let topic = Keccak256.hash("Transfer(address,address,uint256)")
        let fungible = try document.decodeLog(topics: [topic, Self.alice, B256()], data: words(5))
        #expect(
            fungible.map { "\($0)" }
                == "Transfer(from: 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045, to: 0x0000000000000000000000000000000000000000, value: 5)"
        )
        let token = try document.decodeLog(topics: [topic, Self.alice, B256(), UInt256(9).bigEndianBytes], data: [])
        #expect(token?.signature.inputs.last?.name == "id")
        #expect(token?.values.last == .value(.uint(9)))
        #expect(throws: ABIError.wrongTopicCount(expected: 3, actual: 1)) { try document.decodeLog(topics: [topic], data: []) }
        #expect(throws: ABIError.unreadBytes(count: 32)) {
            try document.decodeLog(topics: [topic, Self.alice, B256()], data: words(5, 6))
        }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "address")) {
            try document.decodeLog(topics: [topic, UInt256.max.bigEndianBytes, B256()], data: words(5))
        }
        #expect(try document.decodeLog(topics: [Keccak256.hash("Other()")], data: []) == nil)
        #expect(try document.decodeLog(topics: [], data: []) == nil)
    }

    @Test("indexed values that are not one word stay hashes")
    func hashes() throws {
        let document = try Self.document()
        let said = try #require(document.entries(.event, named: "Said").first)
        let (what, pair) = (Keccak256.hash("hello"), Keccak256.hash(words(1, 2)))
        let log = try document.decodeLog(topics: [said.topic, what, pair, Self.alice], data: words(32, 0))
        #expect(log?.values[0] == .hash(what))
        #expect(log?.values[1] == .hash(pair))
        #expect(log?.values[1].json == .string(pair.description))
        #expect(log?.values[3] == .value(.string("")))
    }

    @Test("an anonymous event is taken only if the entry fits it in every bit")
    func anonymous() throws {
        let document = try Self.document()
        let selector = (UInt256(0x1817_8358) << 224).bigEndianBytes
        let data = words(32, 3, UInt256(0x0a0b0c) << 232)
        let note = try document.decodeLog(topics: [selector, Self.alice, B256(), B256()], data: data)
        #expect(note?.signature.name == "LogNote")
        #expect(note?.values.first == .value(.fixedBytes([0x18, 0x17, 0x83, 0x58])))
        #expect(note?.values.last == .value(.bytes([10, 11, 12])))
        #expect(try document.decodeLog(topics: [Keccak256.hash("Other()"), Self.alice, B256(), B256()], data: data) == nil)
        #expect(try document.decodeLog(topics: [selector, Self.alice, B256()], data: data) == nil)
    }
}
