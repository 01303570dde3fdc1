import EthCodec
import EthPrimitives
import Testing

@Suite("ABI values as JSON")
struct ABIValueJSONTests {
    static func value(_ json: JSON, _ type: String) throws -> ABIValue {
        try ABIValue(json: json, type: try ABIType(parsing: type))
    }

    static let vitalik: JSON = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"
    static let callback = JSON.string("0x" + String(repeating: "1b", count: 24))
    static let largest = JSON.string(UInt256.max.description)
    static let cases: [(String, JSON, JSON)] = [
        ("uint8", "255", "255"), ("uint8", "0xff", "255"), ("uint8", 255, "255"), ("uint256", "0x00", "0"),
        ("uint256", JSON.string(UInt256.max.hexQuantity), largest), ("int8", "-128", "-128"), ("int8", -128, "-128"),
        ("int256", "-1", "-1"), ("int8", "0x7f", "127"), ("int16", "007", "7"), ("int8", "-0x23", "-35"), ("bool", true, true),
        ("string", "é\u{0}", "é\u{0}"), ("bytes", "0x", "0x"), ("bytes", "0xABcd", "0xabcd"), ("bytes2", "0x0102", "0x0102"),
        ("uint256", JSON.number("123456789012345678901234567890"), "123456789012345678901234567890"),
        ("address", "0xd8da6bf26964af9d7eed9e03e53415d37aa96045", vitalik), ("address", vitalik, vitalik),
        ("function", callback, callback),
    ]
    static let nested: (String, JSON, JSON) = ("(uint8,string[])[2]", [[1, ["a"]], ["0x2", []]], [["1", ["a"]], ["2", []]])

    @Test("values are read in every form, and written in one", arguments: cases + [nested])
    func forms(type: String, json: JSON, written: JSON) throws {
        let type = try ABIType(parsing: type)
        let value = try ABIValue(json: json, type: type)
        #expect(value.json == written)
        #expect(try ABIValue(json: written, type: type) == value)
        #expect(throws: Never.self) { try ABIValue.encode([value], as: [type]) }
    }

    static let refusals: [(String, JSON, String)] = [
        ("uint8", "256", #"value: expected uint8 (0 to 255), got "256""#),
        ("uint8", -1, "value: expected uint8 (0 to 255), got -1"),
        ("uint64", "x", #"value: expected uint64 (0 to 18446744073709551615), got "x""#),
        ("uint256", .string("1" + zeros(78)), "value: expected uint256 (0 to 2^256 - 1), got "),
        ("int8", "128", #"value: expected int8 (-128 to 127), got "128""#),
        ("int256", .number("1e3"), "value: expected int256 (-2^255 to 2^255 - 1), got 1e3"),
        ("uint8", "1.0", "expected uint8"), ("uint8", " 1", "expected uint8"), ("uint8", "+1", "expected uint8"),
        ("uint8", "", "expected uint8"), ("uint8", "0x", "expected uint8"), ("uint8", "-", "expected uint8"),
        ("uint8", "0xg", "expected uint8"), ("uint8", "-0x1", "expected uint8"), ("uint8", true, "expected uint8"),
        ("uint8", .null, "expected uint8"), ("uint256", .string("0x1" + zeros(64)), "expected uint256"),
    ]
    static let otherRefusals: [(String, JSON, String)] = [
        ("bool", "true", "value: expected bool (true or false), got \"true\""), ("bool", 1, "expected bool"),
        ("address", "0x00", "expected address"), ("address", 0, "expected address"),
        ("address", "0xd8da6BF26964aF9D7eEd9e03E53415D37aA96045", "wrong EIP-55 checksum"),
        ("bytes", "abcd", "value: expected bytes of 0x hexadecimal, got \"abcd\""), ("bytes", "0xabc", "expected bytes"),
        ("bytes4", "0x112233", "value: expected 4 bytes of 0x hexadecimal, got \"0x112233\""),
        ("string", 1, "value: expected string, got 1"), ("bool[]", true, "value: expected an array for bool[], got true"),
        ("bool[2]", [true], "value: expected an array of 2 for bool[2], got [true]"),
        ("(bool,(uint8,uint8)[])", [true, [[1, 2], [3, 300]]], "value[1][1][1]: expected uint8 (0 to 255), got 300"),
        ("(bool,bool)", [true], "value: expected 2 values, got 1"),
        ("(bool)", .object(["a": true]), "value: expected an array, got an object, and names of members are not known"),
        ("(bool)", "x", "value: expected an array of 1 values, got a string"),
    ]

    static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    @Test("everything else is refused, naming place, value and type", arguments: refusals + otherRefusals)
    func refused(type: String, json: JSON, message: String) {
        do {
            _ = try Self.value(json, type)
            Issue.record("accepted \(json) as \(type)")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test("tuples whose members have names may be objects")
    func objects() throws {
        let calls = try ABIParameter(parsing: "(address target, (bool a, uint8 b) inner)[] calls")
        let zero: JSON = "0x0000000000000000000000000000000000000000"
        let byName: JSON = [.object(["inner": .object(["b": 3, "a": true]), "target": zero])]
        #expect(try ABIValue(json: byName, parameter: calls) == ABIValue(json: [[zero, [true, 3]]], parameter: calls))
        for (json, message) in [
            ([.object(["target": zero])], "value[0]: the member \"inner\" is missing"),
            ([.object(["target": zero, "inner": [true, 1], "more": 1])], "value[0]: there is no member \"more\""),
            ([.object(["target": zero, "inner": .object(["a": true, "b": 300])])], "value[0].inner.b: expected uint8"),
            (
                [.object(["target": zero, "inner": [true, 1], "inner": [true, 2]])],
                "value[0]: the member \"inner\" is there twice"
            ),
        ] as [(JSON, String)] {
            do {
                _ = try ABIValue(json: json, parameter: calls)
                Issue.record("accepted \(json)")
            } catch {
                #expect("\(error)".hasPrefix(message), "\(error)")
            }
        }
        let parameters = try ABISignature(parsing: "f(bool a, uint8 b)").inputs
        #expect(try ABIValue.values(json: .object(["b": 1, "a": true]), parameters: parameters) == [.bool(true), .uint(1)])
        #expect(try ABIValue.values(json: [true, 1], types: parameters.map(\.type)) == [.bool(true), .uint(1)])
        #expect(throws: ABIValueError(path: "values[1]", problem: "expected uint8 (0 to 255), got 256")) {
            try ABIValue.values(json: [true, 256], types: parameters.map(\.type))
        }
    }
}
