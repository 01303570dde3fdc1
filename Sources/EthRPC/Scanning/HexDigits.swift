/// Hexadecimal digits to bytes, eight at a time in one word.
enum HexDigits {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Decodes `2 * count` digits of either case into `count` bytes; `false` if one is no digit.
    @inline(__always)
    static func decode(_ digits: UnsafeRawPointer, count: Int, into out: UnsafeMutableRawPointer) -> Bool {
        var valid = highs
        var index = 0
        while index + 4 <= count {
            let (bytes, good) = four(UInt64(littleEndian: digits.loadUnaligned(fromByteOffset: 2 * index, as: UInt64.self)))
            out.storeBytes(of: bytes.littleEndian, toByteOffset: index, as: UInt32.self)
            valid &= good
            index += 4
        }
        while index < count {
            let pair = UInt64(UInt16(littleEndian: digits.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
            // Filled up with zeros, which are digits.
            let (bytes, good) = four(pair | 0x3030_3030_3030_0000)
            out.storeBytes(of: UInt8(truncatingIfNeeded: bytes), toByteOffset: index, as: UInt8.self)
            valid &= good
            index += 1
        }
        return valid == highs
    }

    /// The four bytes that eight digits spell, the first lowest; of `good` the high bit of each byte tells whether it was a digit.
    @inline(__always)
    private static func four(_ text: UInt64) -> (bytes: UInt32, good: UInt64) {
        let low = text & ~highs
        let letter = low | (ones &* 0x20)
        // Adding what is missing up to 0x80 lifts a byte that is not below a bound into its high bit; no carry leaves a byte.
        let isDigit = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A))
        let isLetter = (letter &+ ones &* (0x80 - 0x61)) & ~(letter &+ ones &* (0x80 - 0x67))
        let good = (isDigit | isLetter) & ~text & highs
        let values = (text & (ones &* 0x0F)) &+ ((text >> 6) & ones) &* 9
        var packed = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
        return (UInt32(truncatingIfNeeded: packed | packed >> 16), good)
    }

    /// The number that at most 16 digits spell; `nil` if one is no digit.
    @inline(__always)
    static func number(_ digits: UnsafeRawPointer, count: Int) -> UInt64? {
        var value: UInt64 = 0
        var index = 0
        while index < count {
            let byte = digits.load(fromByteOffset: index, as: UInt8.self)
            let decimal = byte &- 0x30
            if decimal < 10 {
                value = value << 4 | UInt64(decimal)
            } else {
                let letter = (byte | 0x20) &- 0x61
                guard letter < 6 else { return nil }
                value = value << 4 | UInt64(letter &+ 10)
            }
            index += 1
        }
        return value
    }
}
