import EthCodec
import EthPrimitives
import TestSupport
import Testing

@Suite("Typed data (EIP-712)")
struct TypedDataTests {
    /// The example of the standard, with the hashes that its own test states.
    static let mail = #"""
        {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},
        {"name":"verifyingContract","type":"address"}],"Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
        "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},"primaryType":"Mail",
        "domain":{"name":"Ether Mail","version":"1","chainId":1,"verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
        "message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
        "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},"contents":"Hello, Bob!"}}
        """#

    @Test("the example of the standard has its hashes")
    func standard() throws {
        let data = try TypedData(parsing: Array(Self.mail.utf8))
        #expect(
            data.types.encodeType("Mail")
                == "Mail(Person from,Person to,string contents)Person(string name,address wallet)")
        #expect(
            data.types.typeHash("Mail")?.description == "0xa0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2")
        #expect(
            try data.messageHash().description == "0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e")
        #expect(
            try data.domainSeparator().description == "0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f")
        #expect(try data.digest().description == "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2")
    }

    @Test("a domain without its type is typed by its members, in the order of the standard")
    func domain() throws {
        let full = try TypedData(parsing: Array(Self.mail.utf8))
        let domain = JSON.object([
            "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC", "chainId": "0x1", "salt": .null, "version": "1",
            "name": "Ether Mail",
        ])
        let derived = try TypedData(types: .object([]), primaryType: TypedData.domainType, domain: domain, message: .object([]))
        #expect(
            derived.types.encodeType(TypedData.domainType)
                == "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
        #expect(try derived.domainSeparator() == full.domainSeparator())
        #expect(try derived.digest() == Keccak256.hash([0x19, 0x01] + full.domainSeparator().bytes))
    }

    static func document(_ types: JSON, _ message: JSON) throws(TypedDataError) -> TypedData {
        try TypedData(types: types, primaryType: "T", domain: .object([]), message: message)
    }

    static func type(_ fields: KeyValuePairs<String, String>) -> JSON {
        .array(fields.map { .object(["name": .string($0.key), "type": .string($0.value)]) })
    }

    @Test("structures that are null or absent are the zero word, so that recursive types end")
    func recursion() throws {
        let types = JSON.object(["T": Self.type(["value": "uint8", "next": "T", "all": "T[]"])])
        let end: JSON = .object(["value": 2, "all": []])
        let data = try Self.document(types, .object(["value": 1, "next": .null, "all": [end, .null]]))
        #expect(data.types.encodeType("T") == "T(uint8 value,T next,T[] all)")
        let typeHash = Keccak256.hash("T(uint8 value,T next,T[] all)").bytes
        let inner = Keccak256.hash(typeHash + words(2, 0) + Keccak256.hash([] as [UInt8]).bytes)
        #expect(try data.encodedMessage() == typeHash + words(1, 0) + Keccak256.hash(inner.bytes + words(0)).bytes)
    }

    @Test("dependencies are sorted by name, each once, however they hang together")
    func dependencies() throws {
        let types = JSON.object([
            "T": Self.type(["z": "Z[2][]", "a": "a", "b": "B"]), "Z": Self.type(["a": "a"]), "a": Self.type(["t": "T[]"]),
            "B": Self.type([:]), "Unused": Self.type(["t": "T"]),
        ])
        let data = try Self.document(types, .object(["z": [], "a": .null, "b": .null]))
        #expect(data.types.encodeType("T") == "T(Z[2][] z,a a,B b)B()Z(a a)a(T[] t)")
    }

    @Test("members that the type does not name are not hashed")
    func strangers() throws {
        let types = JSON.object(["T": Self.type(["a": "bool"])])
        let plain = try Self.document(types, .object(["a": true])).digest()
        #expect(try Self.document(types, .object(["x": 1, "a": true])).digest() == plain)
    }

    static let badTypes: [(String, String)] = [
        (#"{"T":[{"name":"a","type":"Person"}]}"#, "types.T[0].type: unknown type \"Person\""),
        (#"{"T":[{"name":"a","type":"uint"}]}"#, "types.T[0].type: unknown type \"uint\""),
        (#"{"T":[{"name":"a","type":"uint7"}]}"#, "types.T[0].type: unknown type \"uint7\""),
        (#"{"T":[{"name":"a","type":"function"}]}"#, "types.T[0].type: unknown type"),
        (#"{"T":[{"name":"a","type":"(bool)"}]}"#, "types.T[0].type: unknown type"),
        (#"{"T":[{"name":"a","type":"T[0]"}]}"#, "types.T[0].type: unknown type"),
        (#"{"T":[{"name":"a","type":"T[]]"}]}"#, "types.T[0].type: unknown type"),
        (#"{"T":[{"name":"a","type":"[]"}]}"#, "types.T[0].type: unknown type"),
        (#"{"T":[{"name":"a","type":"bool"},{"name":"a","type":"bool"}]}"#, "types.T[1].name: the member \"a\" is there twice"),
        (#"{"T":[{"name":"a b","type":"bool"}]}"#, "types.T[0].name: \"a b\" is not an identifier"),
        (#"{"T":[],"T(":[]}"#, "types.T(: \"T(\" is not an identifier"),
        (#"{"T":[],"address":[]}"#, "types.address: address is a type of its own already"),
        (#"{"T":[{"name":"a"}]}"#, "types.T[0]: expected an object with the strings name and type"),
        (#"{"T":{}}"#, "types.T: expected an array, got an object"), ("[]", "types: expected an object, got an array"),
        ("{}", "primaryType: there is no structure \"T\""),
    ]

    @Test("wrong types are refused, named", arguments: badTypes)
    func types(json: String, message: String) throws {
        let types = try JSONScanner.parse(Array(json.utf8))
        let error = #expect(throws: TypedDataError.self) { try Self.document(types, .object([])) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    static let badMessages: [(String, JSON, String)] = [
        ("uint8", 256, "message.a: expected uint8 (0 to 255), got 256"),
        ("int8", -129, "message.a: expected int8 (-128 to 127), got -129"),
        ("bytes4", "0x01", "message.a: expected 4 bytes of 0x hexadecimal"),
        ("string", .null, "message.a: expected string, got null"),
        ("bool[2]", [true], "message.a: expected an array of 2, got 1 elements"),
        ("bool[]", .null, "message.a: expected an array, got null"),
        ("bool[2][]", [[true, false], [true, 1]], "message.a[1][1]: expected bool"),
        ("T", 1, "message.a: expected an object for T, got a number"),
        ("T", .object([:]), "message.a.b: the member is missing"),
        ("T[]", [.object(["a": [], "b": 1])], "message.a[0].b: expected bool"),
    ]

    @Test("wrong values are refused, named with their place", arguments: badMessages)
    func values(type: String, value: JSON, message: String) throws {
        let data = try Self.document(
            .object(["T": Self.type(["a": type, "b": "bool"])]), .object(["a": value, "b": true]))
        let error = #expect(throws: TypedDataError.self) { try data.digest() }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test("documents with missing, doubled or unknown parts are refused")
    func documents() {
        for (text, message) in [
            ("[]", "expected an object with types"), ("{", "JSON ends early"),
            (#"{"types":{}}"#, "primaryType: the member is missing"),
            (#"{"primaryType":"T"}"#, "types: the member is missing"),
            (#"{"primaryType":1,"types":{}}"#, "primaryType: expected a string"),
            (#"{"primaryType":"T","types":{"T":[]},"domain":{}}"#, "message: the member is missing"),
            (#"{"primaryType":"T","types":{"T":[]},"message":{}}"#, "domain: the member is missing"),
            (
                #"{"primaryType":"T","types":{"T":[]},"domain":{"chainID":1},"message":{}}"#,
                "domain.chainID: a domain has no such member"
            ),
            (#"{"primaryType":"T","types":{"T":[]},"domain":{},"message":{"a":1,"a":2}}"#, "JSON has an object with two members"),
        ] {
            let error = #expect(throws: TypedDataError.self) { try TypedData(parsing: Array(text.utf8)) }
            #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
        }
        #expect(throws: TypedDataError.self) {
            try TypedDataTypes((0...TypedDataTypes.maximumCount).map { ("S\($0)", []) })
        }
    }

    @Test("messages nested deeper than the limit are refused")
    func depth() throws {
        var message = JSON.object(["b": true])
        for _ in 0..<200 { message = .object(["a": message, "b": true]) }
        let data = try Self.document(.object(["T": Self.type(["a": "T", "b": "bool"])]), message)
        let error = #expect(throws: TypedDataError.self) { try data.digest() }
        #expect(error?.problem == "nested deeper than 128")
    }

    @Test(
        "the ethers vectors have their encodings and digests", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func ethers() throws {
        let cases = try #require(try JSONScanner.parse(SharedVectors.bytes("ethers/typed-data.json.gz")).array)
        var tally = VectorTally("ethers/typed-data.json.gz")
        for test in cases {
            let name = test["name"]?.string ?? ""
            let data = try TypedData(
                types: try #require(test["types"]), primaryType: try #require(test["primaryType"]?.string),
                domain: try #require(test["domain"]), message: try #require(test["data"]))
            let digest = try data.digest().description
            #expect(digest == test["digest"]?.string, "\(name)")
            let encoded = Hex.encode(try data.encodedMessage())
            if let expected = test["encoded"]?.string { #expect(encoded == expected, "\(name)") }
            tally.count(digest == test["digest"]?.string && encoded == test["encoded"]?.string ?? encoded)
        }
        tally.report()
    }
}
