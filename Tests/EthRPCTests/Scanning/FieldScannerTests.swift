import EthCodec
import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

@Suite("The field scanner")
struct FieldScannerTests {
    /// A value that exercises one kind of member.
    private struct One<Value: Sendable>: ScannableResult {
        let value: Value

        init(_ scanner: inout FieldScanner) throws(FieldFault) { fatalError("use read") }

        static func read(
            _ json: String, _ read: (inout FieldScanner) throws(FieldFault) -> Value
        ) throws(RPCError) -> Value {
            try Self.read(bytes: Array(json.utf8), read)
        }

        static func read(
            bytes: [UInt8], _ read: (inout FieldScanner) throws(FieldFault) -> Value
        ) throws(RPCError) -> Value {
            let result: Result<Value, RPCError> = bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return .failure(RPCError(.malformedResult, "empty")) }
                var scanner = FieldScanner(buffer, UnsafeRawPointer(base))
                do throws(FieldFault) {
                    _ = try scanner.next()
                    let value = try read(&scanner)
                    try scanner.end()
                    return .success(value)
                } catch { return .failure(error.described(in: buffer, root: "x")) }
            }
            return try result.get()
        }
    }

    @Test("bytes of every length and case are read like the tree's", arguments: 0...70)
    func bytes(_ length: Int) throws {
        var random = SeededRandom(UInt64(length))
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        for text in [Hex.encode(bytes), "0x" + Hex.encodeUnprefixed(bytes).uppercased()] {
            #expect(try One<[UInt8]>.read(" \"\(text)\" ") { (s) throws(FieldFault) in try s.bytes() } == bytes)
        }
    }

    @Test("any byte that is no digit is found wherever it stands, and read as the tree reads it")
    func foreignDigits() throws {
        for byte in 0x20...0x7E where byte != 0x22 && byte != 0x5C {
            for position in 0..<18 {
                var digits = Array("0123456789abcdefAB".utf8)
                digits[position] = UInt8(byte)
                let json = "\"0x" + String(decoding: digits, as: UTF8.self) + "\""
                let ours = try? One<[UInt8]>.read(json) { (s) throws(FieldFault) in try s.bytes() }
                let theirs = try? FieldReader(JSONScanner.parse(Array(json.utf8)), path: "x").bytes()
                #expect(ours == theirs, "\(json)")
                let number = try? One<UInt256>.read(json) { (s) throws(FieldFault) in try s.quantity() }
                let other = try? FieldReader(JSONScanner.parse(Array(json.utf8)), path: "x").quantity()
                #expect(number == other, "\(json)")
            }
        }
    }

    @Test("a foreign byte in long data is found wherever it stands")
    func foreignInLongData() {
        let digits = Array(String(repeating: "0123456789abcdefABCDEF", count: 4).utf8)
        for position in digits.indices {
            for byte in Array("/:@G`g \u{7F}\u{1}é".utf8) where byte != 0x22 {
                var text = Array("\"0x".utf8) + digits + Array("\"".utf8)
                text[3 + position] = byte
                let error = #expect(throws: RPCError.self) {
                    try One<[UInt8]>.read(bytes: text) { (s) throws(FieldFault) in try s.bytes() }
                }
                #expect(error?.code == .malformedResult)
            }
        }
    }

    @Test("quantities of every length are read like the tree's, also with one foreign digit", arguments: 1...66)
    func quantities(_ length: Int) throws {
        var random = SeededRandom(UInt64(length) << 8)
        for _ in 0..<20 {
            var digits = (0..<length).map { _ in Array("0123456789abcdefABCDEF".utf8).randomElement(using: &random) ?? 0 }
            for broken in [false, true] {
                if broken {
                    digits[Int.random(in: 0..<length, using: &random)] = Array("gG/:@`".utf8).randomElement(using: &random) ?? 0
                }
                let json = "\"0x" + String(decoding: digits, as: UTF8.self) + "\""
                let tree = FieldReader(try JSONScanner.parse(Array(json.utf8)), path: "x")
                try same(json, { () throws(RPCError) in try tree.quantity() }) { (s) throws(FieldFault) in try s.quantity() }
                try same(json, { () throws(RPCError) in try tree.uint64() }) { (s) throws(FieldFault) in try s.uint64() }
            }
        }
    }

    static let values = [
        "0x0", "0x1", "0xf", "0x10", "0xffffffffffffffff", "0x10000000000000000", "0x", "0x00", "0x01", "x", "0", "", "0X1",
        "0xg", "1",
        "0x" + String(repeating: "f", count: 64), "0x1" + String(repeating: "0", count: 64), "0x8000000000000000000000000000000a",
        "0x" + String(repeating: "ab", count: 20), "0x" + String(repeating: "CD", count: 32),
        "0x" + String(repeating: "0", count: 40),
        "0x" + String(repeating: "ab", count: 31), "0x" + String(repeating: "ab", count: 33), "0x123", "0x1g", "0xzz", "é",
        "0xé1",
    ]

    @Test("quantities, words, addresses and bytes are read, and refused in the same words, as from a tree", arguments: values)
    func likeTheTree(_ text: String) throws {
        for json in ["\"\(text)\"", text.isEmpty ? "null" : "[\"\(text)\"]", "{\"a\":\"\(text)\"}", "12", "true", "null"] {
            let tree = FieldReader(try JSONScanner.parse(Array(json.utf8)), path: "x")
            try same(json, { () throws(RPCError) in try tree.uint64() }) { (s) throws(FieldFault) in try s.uint64() }
            try same(json, { () throws(RPCError) in try tree.quantity() }) { (s) throws(FieldFault) in try s.quantity() }
            try same(json, { () throws(RPCError) in try tree.b256() }) { (s) throws(FieldFault) in try s.b256() }
            try same(json, { () throws(RPCError) in try tree.address() }) { (s) throws(FieldFault) in try s.address() }
            try same(json, { () throws(RPCError) in try tree.bytes() }) { (s) throws(FieldFault) in try s.bytes() }
        }
    }

    private func same<Value: Equatable & Sendable>(
        _ json: String, _ theirs: () throws(RPCError) -> Value, _ ours: (inout FieldScanner) throws(FieldFault) -> Value
    ) throws {
        do throws(RPCError) {
            let expected = try theirs()
            #expect(try One<Value>.read(json, ours) == expected, "\(json)")
        } catch {
            let found = #expect(throws: RPCError.self) { try One<Value>.read(json, ours) }
            #expect(found?.code == .malformedResult && found?.message == error.message, "\(json)")
        }
    }

    @Test(
        "a fault names the field, what it holds and what it must hold",
        arguments: [
            (#"{"address":"0x12"}"#, #"result.address: expected an address of 20 bytes, got "0x12""#),
            (#"{"topics":["0x"]}"#, #"result.topics[0]: expected 32 bytes, got "0x""#),
            (#"{"topics":5}"#, "result.topics: expected an array, got 5"),
            (#"{"data":"0xzz"}"#, #"result.data: expected 0x bytes (character 2 is not a hexadecimal digit), got "0xzz""#),
            (#"{"data":"0x","data":"0x"}"#, "result.data: the field is there more than once"),
            (#"{"removed":1}"#, "result.removed: expected true or false, got 1"),
            ("{}", "result.address: expected a value, the field is missing"),
            (
                #"{"blockNumber":"0x20000000000000"}"#,
                #"result.blockNumber: expected a block number below 2^53, got "0x20000000000000""#
            ),
            ("[]", "result: expected an object, got []"), ("null", "result: expected an object, got null"),
            (
                #"{"logIndex":{"a":1}}"#,
                #"result.logIndex: expected a quantity (0x hexadecimal without leading zeros), got {"a":1}"#
            ),
        ])
    func faults(_ json: String, _ message: String) {
        let error = #expect(throws: RPCError.self) { try Log(Array(json.utf8)[...]) }
        #expect(error?.message == message && error?.code == .malformedResult)
    }

    @Test("the path leads through arrays and objects, whatever stands before")
    func deepFault() {
        let json = #"{"skipped":[{"logs":[]}],"logs":[{"x":1},{"address":"0x1"}]}"#
        let whole = json.replacing(#"{"x":1}"#, with: Self.log)
        let error = #expect(throws: RPCError.self) { try Receipt(Array(whole.utf8)[...]) }
        #expect(
            error?.message.hasPrefix("result.logs[1].address: expected 0x bytes (expected an even number") == true,
            "\(error.map(\.message) ?? "")")
    }

    private static let log = """
        {"address":"0x\(String(repeating: "ab", count: 20))","topics":[],"data":"0x","blockHash":"0x\(String(repeating: "11", count: 32))",\
        "blockNumber":"0x1","transactionHash":"0x\(String(repeating: "22", count: 32))","logIndex":"0x0"}
        """

    @Test("white space is allowed everywhere, members in any order, unknown ones between")
    func freedom() throws {
        let spaced = Self.log.replacing(",", with: " \n,\t\r").replacing(":", with: " : ").replacing(
            "{", with: "{ \"z\": [1e5, {\"a\":[]}] , ")
        #expect(try Log(Array(spaced.utf8)[...]) == Log(Array(Self.log.utf8)[...]))
    }

    @Test(
        "what is no JSON is refused, also in parts that nobody reads",
        arguments: [
            #"{"z":tru,"#, #"{"z":[1,]}"#, #"{"z":"\#u{1}"}"#, #"{"z":01}"#, #"{"z" 1}"#, #"{"z":1 "y":2}"#, "{", "", "  ",
            #"{"z"#, #"{"\u007a":1}"#,
            "\(log) x", "\(log),", String(repeating: "[", count: 500),
        ])
    func damaged(_ json: String) {
        let error = #expect(throws: RPCError.self) { try Log(Array(json.utf8)[...]) }
        #expect(error?.code == .malformedResult)
    }

    @Test("ratios are written in the shortest form, plain from a millionth on")
    func ratios() {
        let pairs: [(Double, String)] = [
            (0, "0"), (1, "1"), (0.5198141666666667, "0.5198141666666667"), (0.5, "0.5"), (1e-5, "0.00001"),
            (1.5e-6, "0.0000015"),
            (1e-7, "1e-7"), (2.5e-9, "2.5e-9"), (-0.25, "-0.25"), (-1e-5, "-0.00001"), (3.3e21, "3.3e+21"),
        ]
        for (ratio, text) in pairs { #expect(Ratio.text(ratio) == text && Double(text) == ratio) }
    }
}
