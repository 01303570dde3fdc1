import Testing

@testable import EthCodec

@Suite("JSON scanner (RFC 8259)")
struct JSONScannerTests {
    @Test(
        "reads valid documents",
        arguments: [
            ("null", JSON.null), (" true\n", true), ("\tfalse\r", false), ("0", .number("0")), ("-0", .number("-0")),
            ("-12.5e+3", .number("-12.5e+3")), ("1E9", .number("1E9")), ("0.1", .number("0.1")), ("\"\"", ""), ("[]", []),
            ("{}", .object([])), ("[ ]", []), ("{ }", .object([])), ("[1,2 , 3]", [1, 2, 3]),
            ("{\"a\":{\"b\":[null]}}", .object(["a": .object(["b": [.null]])])),
            ("{\"a\":1,\"a\":2}", .object(["a": 1, "a": 2])), ("\"\u{7F}é😀\"", "\u{7F}é😀"),
            ("123456789012345678901234567890", .number("123456789012345678901234567890")),
        ] as [(String, JSON)])
    func valid(_ text: String, _ value: JSON) throws {
        #expect(try JSONScanner.parse(Array(text.utf8)) == value)
        #expect(try extent(text) == text.utf8.drop { $0 <= 0x20 }.count - text.utf8.reversed().prefix { $0 <= 0x20 }.count)
    }

    @Test(
        "refuses invalid documents",
        arguments: [
            "", " ", "nul", "nulL", "True", "tru e", "+1", "01", "-", "-a", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity",
            "--1",
            "[", "]", "[1,]", "[,1]", "[1 2]", "[1", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}",
            "{1:1}",
            "\"", "\"\\\"", "\"a", "'a'", "1 2", "null,", "[]]", "{}{}", "// c\n1", "\u{FEFF}1", "\"a\nb\"", "\"\t\"",
            "\"\u{0}\"",
            "\u{0B}1", "\u{0C}1", "\u{A0}1",
        ])
    func invalid(_ text: String) {
        #expect(throws: JSONError.self) { try JSONScanner.parse(Array(text.utf8)) }
        #expect(throws: JSONError.self) { try extent(text) }
    }

    @Test(
        "unescapes strings",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\uD83D\uDE00""#, "😀"),
            (#""\ud83d\ude00x""#, "😀x"), (#""\u0000""#, "\u{0}"), (#""\uFFFF""#, "\u{FFFF}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        ])
    func escapes(_ text: String, _ value: String) throws {
        #expect(try JSONScanner.parse(Array(text.utf8)) == .string(value))
    }

    @Test(
        "refuses malformed escapes and lone surrogates",
        arguments: [
            #""\x41""#, #""\u12""#, #""\u12G4""#, #""\uD83D""#, #""\uDE00""#, #""\uD83D\uD83D""#, #""\uD83Dx""#, #""\uD83D\n""#,
            #""\uD83D\u0041""#, #""\'""#, #""\U0041""#, #""\a""#,
        ])
    func badEscapes(_ text: String) {
        #expect(throws: JSONError.self) { try JSONScanner.parse(Array(text.utf8)) }
        #expect(throws: JSONError.self) { try extent(text) }
        #expect(throws: JSONError.self) { try extent("{\(text):1}") }
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82],
        ] as [[UInt8]])
    func notUTF8(_ raw: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONScanner.parse([0x22] + raw + [0x22]) }
        #expect(throws: JSONError.self) { try JSONScanner.parse([0x22, 0x5C, 0x6E] + raw + [0x22]) }
        #expect(throws: JSONError.self) { try extent([0x22] + raw + [0x22]) }
        #expect(throws: JSONError.self) { try extent([0x22, 0x5C, 0x6E] + raw + [0x22]) }
    }

    @Test("the byte that ends or complicates a string is found wherever it stands", arguments: 0..<40)
    func strings(length: Int) throws {
        let text = String(repeating: "x", count: length)
        #expect(try JSONScanner.parse(Array("\"\(text)\"".utf8)) == .string(text))
        #expect(try JSONScanner.parse(Array("\"\(text)\u{7F}é\(text)\"".utf8)) == .string("\(text)\u{7F}é\(text)"))
        #expect(try JSONScanner.parse(Array("\"\(text)\\n\(text)\"".utf8)) == .string("\(text)\n\(text)"))
        for control in 0..<0x20 as Range<UInt8> {
            let bytes = Array("\"\(text)".utf8) + [control] + Array("\(text)\"".utf8)
            #expect(throws: JSONError(code: .invalidString, offset: length + 1)) { try JSONScanner.parse(bytes) }
            #expect(throws: JSONError(code: .invalidString, offset: length + 1)) { try extent(bytes) }
        }
    }

    @Test("doubled names are refused on demand, and otherwise the first one counts")
    func duplicates() throws {
        let text = Array(#"{"a":{"b":1,"c":[{"b":2}],"b":3}}"#.utf8)
        #expect(try JSONScanner.parse(text)["a"]?["b"] == 1)
        #expect(throws: JSONError(code: .duplicateName("b"), offset: 30)) {
            try JSONScanner.parse(text, refusingDuplicateNames: true)
        }
        #expect(throws: JSONError.self) {
            try JSONScanner.parse(Array(#"{"a":1,"\u0061":1}"#.utf8), refusingDuplicateNames: true)
        }
        _ = try JSONScanner.parse(Array(#"{"a":{"b":1},"b":{"a":1}}"#.utf8), refusingDuplicateNames: true)
    }

    @Test("nests 128 deep and no deeper, siblings at any number")
    func depth() throws {
        let limit = JSONScanner.maximumDepth
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
        }
        _ = try JSONScanner.parse(nested(limit, "[", "]"))
        _ = try JSONScanner.parse(nested(limit, "{\"a\":", "}"))
        for bytes in [nested(limit + 1, "[", "]"), nested(limit + 1, "{\"a\":", "}"), nested(100_000, "[", "]")] {
            let error = #expect(throws: JSONError.self) { try JSONScanner.parse(bytes) }
            #expect(error?.code == .tooDeep(limit: limit))
            #expect(throws: JSONError.self) { try extent(bytes) }
        }
        let flat = Array(("[" + Array(repeating: "[{}]", count: 10_000).joined(separator: ",") + "]").utf8)
        #expect(try JSONScanner.parse(flat).array?.count == 10_000)
    }

    @Test("a document cut after any byte is an error, in its own words")
    func truncation() throws {
        let sample = Array(#"{"a":[1,-2.5e3,true,false,null,"x\n\uD83D\uDE00é",{"b":{}}],"c":"0x","d":[[]]}"#.utf8)
        _ = try JSONScanner.parse(sample)
        for length in 0..<sample.count {
            let error = #expect(throws: JSONError.self, "after \(length) bytes") {
                try JSONScanner.parse(Array(sample[..<length]))
            }
            #expect(error?.code == .truncated, "after \(length) bytes")
            #expect(throws: JSONError.self) { try extent(Array(sample[..<length])) }
        }
    }

    @Test("errors tell the offset of the byte that does not fit")
    func offsets() {
        let cases: [(String, JSONError)] = [
            ("[1,x]", JSONError(code: .unexpected(byte: 0x78), offset: 3)), ("{} x", JSONError(code: .trailingBytes, offset: 3)),
            ("[1.x]", JSONError(code: .invalidNumber, offset: 3)), ("[\"\\q\"]", JSONError(code: .invalidString, offset: 2)),
            ("[", JSONError(code: .truncated, offset: 1)), ("[truX]", JSONError(code: .unexpected(byte: 0x58), offset: 4)),
        ]
        for (text, expected) in cases {
            #expect(throws: expected) { try JSONScanner.parse(Array(text.utf8)) }
        }
    }

    @Test("writes what it reads: escapes, order of members, sorted keys")
    func writing() throws {
        let value = JSON.object(["b": "\u{1}\"\\\n\r\t😀/", "a": [1, .number("1e400"), .null, true], "é": .object([])])
        let text = #"{"b":"\u0001\"\\\n\r\t😀/","a":[1,1e400,null,true],"é":{}}"#
        #expect(value.description == text)
        #expect(value.sortedText == #"{"a":[1,1e400,null,true],"b":"\u0001\"\\\n\r\t😀/","é":{}}"#)
        #expect(try JSONScanner.parse(Array(text.utf8)) == value)
    }

    @Test("numbers keep their digits; only plain decimals below 2^64 are integers")
    func integers() throws {
        let cases: [(String, UInt64?)] = [
            ("0", 0), ("18446744073709551615", .max), ("18446744073709551616", nil), ("-1", nil), ("1.0", nil), ("1e3", nil),
            ("\"1\"", nil),
        ]
        for (text, value) in cases { #expect(try JSONScanner.parse(Array(text.utf8)).uint64 == value) }
    }
}

/// The number of bytes that the scanner walks over without building a value.
func extent(_ text: String) throws(JSONError) -> Int { try extent(Array(text.utf8)) }

func extent(_ bytes: [UInt8]) throws(JSONError) -> Int {
    let result: Result<Int, JSONError> = bytes.withUnsafeBufferPointer { buffer in
        var scanner = JSONScanner(buffer)
        do throws(JSONError) {
            let range = try scanner.skip()
            try scanner.end()
            return .success(range.count)
        } catch { return .failure(error) }
    }
    return try result.get()
}
