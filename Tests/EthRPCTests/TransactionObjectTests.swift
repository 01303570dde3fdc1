import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import Testing

@testable import EthRPC

@Suite("Transaction objects")
struct TransactionObjectTests {
    static func read(_ text: String) throws -> TransactionObject {
        try TransactionObject(FieldReader(JSONScanner.parse(Array(text.utf8)), path: "tx"))
    }
    static func lenient(_ text: String) throws -> TransactionObject {
        try TransactionObject(lenient: FieldReader(JSONScanner.parse(Array(text.utf8)), path: "tx"))
    }
    static let to = "0x3535353535353535353535353535353535353535"

    /// The example of EIP-155, as a node would show it, and with other members in place of some.
    static func example(_ changes: KeyValuePairs<String, JSON?> = [:]) throws -> TransactionObject {
        var members: [JSON.Member] = [
            .init("nonce", "0x9"), .init("gasPrice", "0x4a817c800"), .init("gas", "0x5208"), .init("to", .string(to)),
            .init("value", "0xde0b6b3a7640000"), .init("input", "0x"), .init("v", "0x25"),
            .init("r", "0x28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"),
            .init("s", "0x67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"),
        ]
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            if let value { members.append(.init(name, value)) }
        }
        return try TransactionObject(FieldReader(.object(members), path: "tx"))
    }

    @Test("without type and chain id are read as EIP-155's example")
    func example() throws {
        let object = try Self.example()
        #expect(object.unsigned.chainID == 1 && object.unsigned.type == .legacy)
        #expect(try object.envelope?.sender().hex == "0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f")
        #expect(try Self.example(["chainId": "0x1", "type": "0x0", "accessList": .null]) == object)
        #expect(object.statedFrom == nil && object.statedHash == nil)
    }

    @Test("bind an old signature to no chain, whatever chain the node names")
    func unbound() throws {
        #expect(try Self.example(["v": "0x1b", "chainId": "0x1"]).unsigned.chainID == nil)
        #expect(try Self.example(["v": "0x1c"]).signature?.yParity == true)
    }

    @Test(
        "name the field that is wrong",
        arguments: [
            ([("v", "0x24")], "tx.v: expected a v of chain 1"), ([("v", "0x22")], "tx.v: expected 27, 28 or"),
            ([("v", nil)], "tx.v: expected a value"), ([("r", nil)], "tx.r: expected a value"), ([("s", nil)], "tx.s: expected"),
            ([("r", "0x0")], "tx: the signature's r or s is zero"), ([("gas", "21000")], "tx.gas: expected a quantity"),
            ([("gas", "0x05208")], "tx.gas: expected a quantity"), ([("gas", nil)], "tx.gas: expected a value"),
            ([("nonce", "0x10000000000000000")], "tx.nonce: expected a quantity below 2^64"),
            ([("type", "0x5")], "tx.type: expected a transaction type"), ([("type", "0x102")], "tx.type: expected"),
            ([("type", "0x2")], "tx.maxPriorityFeePerGas: expected a value"),
            ([("type", "0x1")], "tx.v: expected 0x0 or 0x1"), ([("to", "0x35")], "tx.to: expected an address"),
            ([("data", "0x00")], "tx.data: expected the same value as in tx.input"),
            ([("hash", "0x00")], "tx.hash: expected 32 bytes"), ([("from", "0x00")], "tx.from: expected an address"),
        ] as [([(String, JSON?)], String)])
    func refused(changes: [(String, JSON?)], message: String) throws {
        var object = [JSON.Member]()
        for member in try Self.example(["chainId": "0x1"]).envelope?.json.members ?? [] where member.name != "type" {
            object.append(member)
        }
        for (name, value) in changes {
            object.removeAll { $0.name == name }
            if let value { object.append(.init(name, value)) }
        }
        let error = #expect(throws: RPCError.self) { try TransactionObject(FieldReader(.object(object), path: "tx")) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("take r and s padded to 32 bytes, and parity as v, yParity or both")
    func spellings() throws {
        let base =
            #"{"type":"0x2","chainId":"0x1","nonce":"0x0","gas":"0x5208","to":null,"value":"0x0","input":"0x","#
            + #""maxFeePerGas":"0x2","maxPriorityFeePerGas":"0x1","r":"0x00000000000000000000000000000000000000000000000000000000000000ff","s":"0x1","#
        let objects = try [#""v":"0x1"}"#, #""yParity":"0x1"}"#, #""v":"0x1","yParity":"0x1"}"#].map { try Self.read(base + $0) }
        #expect(objects[0] == objects[1] && objects[1] == objects[2])
        #expect(
            objects[0].signature == (try Signature(r: 255, s: 1, yParity: true))
                && objects[0].unsigned.transaction.recipient == nil)
        #expect(throws: RPCError.self) { try Self.read(base + #""v":"0x0","yParity":"0x1"}"#) }
        #expect(throws: RPCError.self) { try Self.read(base + #""v":"0x1c"}"#) }
        #expect(throws: RPCError.self) { try Self.read(base + #""nothing":0}"#) }
    }

    @Test("of a simulation, with r and s zero, have no signature")
    func simulated() throws {
        let object = try Self.example(["r": "0x0", "s": "0x0", "v": "0x0", "chainId": "0x1"])
        #expect(object.signature == nil && object.envelope == nil && object.unsigned.chainID == 1)
    }

    @Test(
        "without a type are of the kind that only their fields have",
        arguments: [
            (#""authorizationList":[],"maxFeePerGas":"0x1","maxPriorityFeePerGas":"0x1""#, TransactionType.setCode),
            (#""maxFeePerBlobGas":"0x1","blobVersionedHashes":[],"maxFeePerGas":"0x1""#, .blob),
            (#""maxFeePerGas":"0x1","maxPriorityFeePerGas":"0x1","accessList":[]"#, .feeMarket),
            (#""maxPriorityFeePerGas":"0x1""#, .feeMarket), (#""accessList":[]"#, .feeMarket),
            (#""gasPrice":"0x1","accessList":[]"#, .accessList), (#""gasPrice":"0x1""#, .legacy), (#""nonce":"0x1""#, .legacy),
        ])
    func inferred(members: String, type: TransactionType) throws {
        let object = try Self.lenient(#"{"to":"\#(Self.to)","chainId":1,\#(members)}"#)
        #expect(object.unsigned.type == type && object.unsigned.chainID == 1 && object.signature == nil)
    }

    @Test("of tools may spell numbers in other ways, leave them out, and use other names")
    func lenient() throws {
        let strict = try Self.read(
            #"{"type":"0x2","chainId":"0x1","nonce":"0x7","gas":"0x5208","to":"\#(Self.to)","value":"0xde0b6b3a7640000","#
                + #""input":"0x01","maxFeePerGas":"0x3b9aca00","maxPriorityFeePerGas":"0x0","accessList":[]}"#)
        let wide =
            #"{"type":2,"chainId":"1","nonce":7,"gasLimit":"21000","to":"\#(Self.to)","value":"1000000000000000000","#
            + #""data":"0x01","maxFeePerGas":"0x003b9aca00"}"#
        #expect(try Self.lenient(wide) == strict)
        #expect(throws: RPCError.self) { try Self.read(wide) }
        let largest = UInt256.max
        #expect(try Self.lenient(#"{"value":"\#(largest)"}"#).unsigned.transaction.value == Wei(largest))
        #expect(try Self.lenient(#"{"value":\#(largest)}"#).unsigned.transaction.value == Wei(largest))
        let empty = try Self.lenient("{}")
        #expect(
            empty.unsigned
                == .legacy(LegacyTransaction(chainID: nil, nonce: 0, gasPrice: .zero, gasLimit: 0, to: nil)))
        #expect(try Self.lenient(#"{"chainId":"0x0","to":"0x","value":"0x"}"#).unsigned == empty.unsigned)
        #expect(throws: RPCError.self) { try Self.read("{}") }
    }

    @Test(
        "of tools are refused where a number or an address is wrong",
        arguments: [
            #"{"nonce":-1}"#, #"{"nonce":1.0}"#, #"{"nonce":"1e3"}"#, #"{"nonce":""}"#, #"{"nonce":"0xg"}"#, #"{"nonce":true}"#,
            #"{"nonce":18446744073709551616}"#, #"{"value":"0x1\#(String(repeating: "0", count: 64))"}"#, #"{"value":"+1"}"#,
            #"{"value":"\#(String(repeating: "9", count: 78))"}"#, #"{"value":"\#(String(repeating: "9", count: 79))"}"#,
            #"{"to":"0x7e5F4552091A69125d5DfCb7b8C2659029395Bdf"}"#, #"{"to":5}"#, #"{"data":"01"}"#, #"{"type":9}"#,
            #"{"type":3,"to":null}"#, #"{"type":4,"to":"0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"}"#, "[]",
            #"{"gas":1,"gasLimit":2}"#,
        ])
    func wrong(text: String) { #expect(throws: RPCError.self) { try Self.lenient(text) } }

    @Test("are written with the members of their kind, and read back")
    func written() throws {
        let key = try PrivateKey([UInt8](repeating: 7, count: 32))
        let to = try Address(hex: Self.to)
        let tuple = try Authorization(chainID: 0, address: to, nonce: 1).signed(by: key)
        let list: AccessList = [.init(address: to, storageKeys: [B256()])]
        var hash = B256()
        hash[0] = 1
        let common = ["type", "nonce", "gas", "to", "value", "input", "v", "r", "s", "chainId"]
        let caps = ["maxFeePerGas", "maxPriorityFeePerGas", "accessList", "yParity"]
        let cases: [(UnsignedTransaction, [String])] = [
            (.legacy(LegacyTransaction(chainID: 1, nonce: 0, gasPrice: Wei(1), gasLimit: 2, to: nil)), ["gasPrice"]),
            (
                .accessList(
                    AccessListTransaction(chainID: 1, nonce: 0, gasPrice: Wei(1), gasLimit: 2, to: nil, accessList: list)),
                ["gasPrice", "accessList", "yParity"]
            ),
            (
                .feeMarket(
                    FeeMarketTransaction(
                        chainID: 1, nonce: 0, maxPriorityFeePerGas: Wei(1), maxFeePerGas: Wei(2), gasLimit: 2, to: to)), caps
            ),
            (
                .blob(
                    BlobTransaction(
                        chainID: 1, nonce: 0, maxPriorityFeePerGas: Wei(1), maxFeePerGas: Wei(2), gasLimit: 2, to: to,
                        maxFeePerBlobGas: Wei(3), blobVersionedHashes: [hash])),
                caps + ["maxFeePerBlobGas", "blobVersionedHashes"]
            ),
            (
                .setCode(
                    SetCodeTransaction(
                        chainID: 1, nonce: 0, maxPriorityFeePerGas: Wei(1), maxFeePerGas: Wei(2), gasLimit: 2, to: to,
                        authorizationList: [tuple])), caps + ["authorizationList"]
            ),
        ]
        for (transaction, members) in cases {
            let envelope = try transaction.signed(by: key)
            #expect(Set((envelope.json.members ?? []).map { $0.name }) == Set(common + members))
            #expect(try TransactionObject(FieldReader(envelope.json, path: "tx")).envelope == envelope)
            #expect(try TransactionObject(FieldReader(transaction.json, path: "tx")).unsigned == transaction)
            #expect(try TransactionObject(lenient: FieldReader(envelope.json, path: "tx")).envelope == envelope)
        }
        let unbound = LegacyTransaction(chainID: nil, nonce: 0, gasPrice: Wei(1), gasLimit: 2, to: nil)
        let json = try UnsignedTransaction.legacy(unbound).signed(by: key).json
        #expect(json["chainId"] == nil && json["to"] == .null && json["nonce"] == "0x0" && json["type"] == "0x0")
    }
}
