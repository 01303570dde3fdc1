/// Hexadecimal digits in memory, eight at a time in a 64-bit word. Every lane of a word is one byte, the first byte of memory the lowest.
public enum HexDigits {
    @inlinable static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// Writes two digits, lower case, for each byte; the caller guarantees the room.
    public static func write(_ bytes: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer) {
        precondition(out.count >= bytes.count * 2, "no room for the digits")
        guard let source = bytes.baseAddress, let target = out.baseAddress else { return }
        var index = 0
        while bytes.count - index >= 4 {
            let four = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt32.self))
            target.storeBytes(of: digits(ofFour: four).littleEndian, toByteOffset: index * 2, as: UInt64.self)
            index += 4
        }
        while index < bytes.count {
            let pair = UInt16(truncatingIfNeeded: digits(ofFour: UInt32(source.load(fromByteOffset: index, as: UInt8.self))))
            target.storeBytes(of: pair.littleEndian, toByteOffset: index * 2, as: UInt16.self)
            index += 1
        }
    }

    /// Reads two digits for each byte; returns the position of the first that is not a digit.
    static func read(_ digits: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer) -> Int? {
        precondition(out.count >= digits.count / 2, "no room for the bytes")
        guard let source = digits.baseAddress, let target = out.baseAddress else { return nil }
        if decode(source, count: digits.count / 2, into: target) { return nil }
        return digits.indices.first { number(source + $0, count: 1) == nil }
    }

    /// The eight digits of four bytes, the first byte the lowest.
    @inline(__always)
    private static func digits(ofFour bytes: UInt32) -> UInt64 {
        // Each byte into a lane of two, then each half of it into a lane of its own, the high half first.
        var wide = UInt64(bytes)
        wide = (wide | wide &<< 16) & 0x0000_ffff_0000_ffff
        wide = (wide | wide &<< 8) & 0x00ff_00ff_00ff_00ff
        let nibbles = ((wide &>> 4) | (wide &<< 8)) & 0x0f0f_0f0f_0f0f_0f0f
        // Adding 6 carries 10 … 15 into bit 4: those lanes get 'a' - 10 - '0' = 39 more.
        let letters = ((nibbles &+ 0x06 &* ones) &>> 4) & ones
        return nibbles &+ 0x30 &* ones &+ letters &* 39
    }

    /// Decodes `2 * count` digits of either case into `count` bytes; `false` if one is no digit.
    ///
    /// The caller guarantees that there are so many digits, and room for the bytes.
    @inlinable @inline(__always)
    public static func decode(_ digits: UnsafeRawPointer, count: Int, into out: UnsafeMutableRawPointer) -> Bool {
        var valid = highs
        var index = 0
        if count >= 32 { valid = decodeLong(digits, count: count, into: out, &index) }
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

    /// The same for as many digits as sixteen at a time reach; `index` is then the number of bytes written.
    @usableFromInline
    static func decodeLong(
        _ digits: UnsafeRawPointer, count: Int, into out: UnsafeMutableRawPointer, _ index: inout Int
    ) -> UInt64 {
        let (ten, six) = (SIMD16<UInt8>(repeating: 10), SIMD16<UInt8>(repeating: 6))
        var bad = SIMD16<UInt8>(repeating: 0)
        while index + 8 <= count {
            let text = digits.loadUnaligned(fromByteOffset: 2 * index, as: SIMD16<UInt8>.self)
            let decimal = text &- 0x30
            let letter = (text | 0x20) &- 0x61
            let isLetter = letter .< six
            let values = decimal.replacing(with: letter &+ 10, where: isLetter)
            bad |= SIMD16<UInt8>(repeating: 0xFF).replacing(with: 0, where: isLetter .| (decimal .< ten))
            // Two digits are a lane of 16 bits, the first one in its low byte.
            let pairs = unsafeBitCast(values, to: SIMD8<UInt16>.self)
            let bytes = SIMD8<UInt8>(truncatingIfNeeded: pairs &<< 4 | pairs &>> 8)
            out.storeBytes(of: bytes, toByteOffset: index, as: SIMD8<UInt8>.self)
            index += 8
        }
        let halves = unsafeBitCast(bad, to: SIMD2<UInt64>.self)
        return halves[0] | halves[1] == 0 ? highs : 0
    }

    /// The four bytes that eight digits spell, the first lowest; of `good` the high bit of each byte tells whether it was a digit.
    @inlinable @inline(__always)
    static func four(_ text: UInt64) -> (bytes: UInt32, good: UInt64) {
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

    /// The number that exactly 16 digits spell; `nil` if one is no digit.
    @inlinable @inline(__always)
    public static func limb(_ digits: UnsafeRawPointer) -> UInt64? {
        let (high, goodHigh) = four(UInt64(littleEndian: digits.loadUnaligned(as: UInt64.self)))
        let (low, goodLow) = four(UInt64(littleEndian: digits.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        guard goodHigh & goodLow == highs else { return nil }
        // The first digit is the highest: of the bytes in memory order, the first of each four.
        return UInt64(high.byteSwapped) << 32 | UInt64(low.byteSwapped)
    }

    /// The number that at most 16 digits spell; `nil` if one is no digit.
    @inlinable @inline(__always)
    public static func number(_ digits: UnsafeRawPointer, count: Int) -> UInt64? {
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
