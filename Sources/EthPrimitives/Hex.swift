/// Why a text is not hexadecimal.
public enum HexError: Error, Equatable, Sendable, CustomStringConvertible {
    case missingPrefix
    case oddLength(digits: Int)
    case invalidDigit(position: Int)
    case wrongLength(bytes: Int, expected: Int)

    public var description: String {
        switch self {
        case .missingPrefix: "expected hexadecimal that begins with 0x"
        case .oddLength(let digits): "expected an even number of hexadecimal digits, got \(digits)"
        case .invalidDigit(let position): "character \(position) is not a hexadecimal digit"
        case .wrongLength(let bytes, let expected): "expected \(expected) bytes, got \(bytes)"
        }
    }
}

/// `0x` hexadecimal, the byte strings of JSON-RPC.
public enum Hex {
    static let digits: [UInt8] = Array("0123456789abcdef".utf8)

    /// Lower-case hexadecimal with prefix.
    public static func encode(_ bytes: some Collection<UInt8>) -> String { "0x" + encodeUnprefixed(bytes) }

    /// Lower-case hexadecimal without prefix.
    public static func encodeUnprefixed(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Decodes `0x` hexadecimal of either case; `0x` alone is the empty string.
    public static func decode(_ text: String) throws(HexError) -> [UInt8] {
        var text = text
        let utf8 = text.withUTF8 { Array($0) }
        guard utf8.count >= 2, utf8[0] == 0x30, utf8[1] == 0x78 else { throw .missingPrefix }
        return try decodeDigits(utf8[2...])
    }

    /// Decodes hexadecimal digits without prefix.
    public static func decodeDigits(_ digits: ArraySlice<UInt8>) throws(HexError) -> [UInt8] {
        guard digits.count % 2 == 0 else { throw .oddLength(digits: digits.count) }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count / 2)
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = value(digits[index]) else { throw .invalidDigit(position: index) }
            guard let low = value(digits[index + 1]) else { throw .invalidDigit(position: index + 1) }
            out.append(high << 4 | low)
            index += 2
        }
        return out
    }

    /// The value of one hexadecimal digit.
    public static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x61 + 10
        case 0x41...0x46: character - 0x41 + 10
        default: nil
        }
    }
}
