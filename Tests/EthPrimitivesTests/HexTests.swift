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

    @Test("reads and writes strings of every length like digit by digit, and finds every wrong digit")
    func everyLength() throws {
        for count in 0...70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            let digits = bytes.map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
            #expect(Hex.encodeUnprefixed(bytes) == digits && Hex.encode(AnyCollection(bytes)) == "0x" + digits)
            #expect(try Hex.decode("0x" + digits) == bytes && Hex.decode("0x" + digits.uppercased()) == bytes)
            #expect(try Hex.decodeDigits(Array(("__" + digits).utf8)[2...]) == bytes)
        }
        for position in 0..<18 {
            for byte in UInt8(0)...255 {
                var digits = Array("0123456789abcdef01".utf8)
                digits[position] = byte
                if let value = Hex.value(byte) {
                    let decoded = try Hex.decodeDigits(digits[...])
                    #expect((position % 2 == 0 ? decoded[position / 2] >> 4 : decoded[position / 2] & 15) == value)
                } else {
                    #expect(throws: HexError.invalidDigit(position: position)) { try Hex.decodeDigits(digits[...]) }
                }
            }
        }
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
