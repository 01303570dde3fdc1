import EthPrimitives
import Testing

@Suite("Hex")
struct HexTests {
    @Test("round trips bytes")
    func roundTrip() throws {
        let bytes = (0...255).map { UInt8($0) }
        let text = Hex.encode(bytes)
        #expect(text.hasPrefix("0x000102") && text.hasSuffix("fdfeff"))
        #expect(try Hex.decode(text) == bytes)
        #expect(try Hex.decode("0x" + text.dropFirst(2).uppercased()) == bytes)
        #expect(try Hex.decode("0x") == [])
        #expect(Hex.encodeUnprefixed([0xab]) == "ab")
    }

    @Test(
        "says what is wrong",
        arguments: [
            ("", HexError.missingPrefix), ("0", .missingPrefix), ("ab", .missingPrefix), ("0Xab", .missingPrefix),
            (" 0xab", .missingPrefix), ("0xabc", .oddLength(digits: 3)), ("0xag", .invalidDigit(position: 3)),
            ("0x ab0", .invalidDigit(position: 2)), ("0xab\n0", .invalidDigit(position: 4)), ("0x-1", .invalidDigit(position: 2)),
        ])
    func errors(text: String, error: HexError) {
        #expect(throws: error) { try Hex.decode(text) }
    }

    @Test("a fixed byte string takes its own length only")
    func fixedLength() throws {
        #expect(throws: HexError.wrongLength(bytes: 3, expected: 4)) { try Selector(hex: "0x010203") }
        #expect(throws: HexError.wrongLength(bytes: 5, expected: 4)) { try Selector(hex: "0x0102030405") }
        let selector = try Selector(hex: "0x18178358")
        #expect(selector.bytes == [0x18, 0x17, 0x83, 0x58])
        #expect(selector.description == "0x18178358")
        #expect(Selector([1, 2, 3]) == nil)
    }

    @Test("fixed byte strings order like the numbers that they spell")
    func order() throws {
        #expect(
            try B256(hex: "0x" + String(repeating: "00", count: 31) + "ff")
                < B256(hex: "0x01" + String(repeating: "00", count: 31)))
    }

    @Test("a word of text is padded on the right")
    func text() {
        #expect(B256(ascii: "ETH-A")?.description.hasPrefix("0x4554482d4100000000") == true)
        #expect(B256(ascii: "ETH-A")?.ascii == "ETH-A")
        #expect(B256(ascii: String(repeating: "x", count: 33)) == nil)
        #expect(B256(ascii: "ü") == nil)
    }
}
