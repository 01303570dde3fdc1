/// Hexadecimal digits, eight at a time in a 64-bit word. Every lane of a word is one byte, the first byte of memory the lowest.
enum HexDigits {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Writes two digits, lower case, for each byte.
    static func write(_ bytes: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer) {
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
        var index = 0
        while digits.count - index >= 8 {
            let eight = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            guard let four = bytes(ofEight: eight) else { break }
            target.storeBytes(of: four.littleEndian, toByteOffset: index / 2, as: UInt32.self)
            index += 8
        }
        // The last few, or those among which one is wrong.
        while index < digits.count {
            guard let high = Hex.value(digits[index]) else { return index }
            guard let low = Hex.value(digits[index + 1]) else { return index + 1 }
            target.storeBytes(of: high << 4 | low, toByteOffset: index / 2, as: UInt8.self)
            index += 2
        }
        return nil
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

    /// The four bytes that eight digits of either case spell; `nil` if one is not a digit.
    @inline(__always)
    private static func bytes(ofEight digits: UInt64) -> UInt32? {
        let top = 0x80 &* ones
        guard digits & top == 0 else { return nil }
        // Lanes below 128: a sum reaches bit 7 of its lane exactly if the lane is at or above the limit.
        func atLeast(_ lanes: UInt64, _ limit: UInt64) -> UInt64 { (lanes &+ (0x80 &- limit) &* ones) & top }
        let lower = digits | 0x20 &* ones
        let isNumber = atLeast(digits, 0x30) & ~atLeast(digits, 0x3a)
        let isLetter = atLeast(lower, 0x61) & ~atLeast(lower, 0x67)
        guard isNumber | isLetter == top else { return nil }
        // A letter's low four bits are 1 … 6 for 10 … 15.
        let nibbles = (digits & (0x0f &* ones)) &+ (isLetter &>> 7) &* 9
        // Pairs of lanes, the first the high half, into one byte each; then the bytes together.
        var joined = (nibbles &<< 4 | nibbles &>> 8) & 0x00ff_00ff_00ff_00ff
        joined = (joined | joined &>> 8) & 0x0000_ffff_0000_ffff
        return UInt32(truncatingIfNeeded: joined | joined &>> 16)
    }
}
