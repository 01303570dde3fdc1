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
    /// Lower-case hexadecimal with prefix.
    public static func encode(_ bytes: some Collection<UInt8>) -> String { text(bytes, prefix: true) }

    /// Lower-case hexadecimal without prefix.
    public static func encodeUnprefixed(_ bytes: some Collection<UInt8>) -> String { text(bytes, prefix: false) }

    private static func text(_ bytes: some Collection<UInt8>, prefix: Bool) -> String {
        let inPlace = bytes.withContiguousStorageIfAvailable { text(of: UnsafeRawBufferPointer($0), prefix: prefix) }
        return inPlace ?? Array(bytes).withUnsafeBytes { text(of: $0, prefix: prefix) }
    }

    @usableFromInline
    static func text(of bytes: UnsafeRawBufferPointer, prefix: Bool) -> String {
        let start = prefix ? 2 : 0
        return String(unsafeUninitializedCapacity: start + bytes.count * 2) { out in
            if prefix {
                out[0] = 0x30
                out[1] = 0x78
            }
            let out = UnsafeMutableRawBufferPointer(out)
            HexDigits.write(bytes, to: UnsafeMutableRawBufferPointer(rebasing: out[start...]))
            return start + bytes.count * 2
        }
    }

    /// Decodes `0x` hexadecimal of either case; `0x` alone is the empty string.
    public static func decode(_ text: String) throws(HexError) -> [UInt8] {
        var text = text
        // The closure's error type is not inferred, so errors travel as values.
        return try text.withUTF8 { digits -> Result<[UInt8], HexError> in
            guard digits.count >= 2, digits[0] == 0x30, digits[1] == 0x78 else { return .failure(.missingPrefix) }
            return bytes(of: UnsafeRawBufferPointer(digits), from: 2, position: 2)
        }.get()
    }

    /// Decodes `0x` hexadecimal of exactly as many bytes as `out` has room for.
    @usableFromInline
    static func decode(_ text: String, into out: UnsafeMutableRawBufferPointer) -> HexError? {
        var text = text
        return text.withUTF8 { digits in
            guard digits.count >= 2, digits[0] == 0x30, digits[1] == 0x78 else { return .missingPrefix }
            let digits = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[2...])
            guard digits.count == out.count * 2 else {
                // What is wrong with the digits is said first.
                if case .failure(let error) = bytes(of: digits, from: 0, position: 2) { return error }
                return .wrongLength(bytes: digits.count / 2, expected: out.count)
            }
            return HexDigits.read(digits, to: out).map { .invalidDigit(position: $0 + 2) }
        }
    }

    /// Decodes hexadecimal digits without prefix.
    public static func decodeDigits(_ digits: ArraySlice<UInt8>) throws(HexError) -> [UInt8] {
        try digits.withUnsafeBytes { bytes(of: $0, from: 0, position: digits.startIndex) }.get()
    }

    /// Decodes the digits from `start` on; the first of them is called `position` in errors.
    private static func bytes(of digits: UnsafeRawBufferPointer, from start: Int, position: Int) -> Result<[UInt8], HexError> {
        let digits = UnsafeRawBufferPointer(rebasing: digits[start...])
        guard digits.count % 2 == 0 else { return .failure(.oddLength(digits: digits.count)) }
        var wrong: Int?
        let bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { out, count in
            wrong = HexDigits.read(digits, to: UnsafeMutableRawBufferPointer(out))
            count = wrong == nil ? digits.count / 2 : 0
        }
        if let wrong { return .failure(.invalidDigit(position: position + wrong)) }
        return .success(bytes)
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
