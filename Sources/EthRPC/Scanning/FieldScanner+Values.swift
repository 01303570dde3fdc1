internal import EthCodec
internal import EthPrimitives

extension FieldScanner {
    /// The place behind the next value's opening quote and `0x`, and the number of its digits; the value is consumed.
    @inline(__always)
    private mutating func digits(_ what: StaticString) throws(FieldFault) -> (start: Int, count: Int) {
        let start = offset
        guard start + 3 < count, base.loadUnaligned(fromByteOffset: start, as: UInt16.self).littleEndian == 0x3022,
            byte(start + 2) == UInt8(ascii: "x")
        else { throw FieldFault(.expected(what), at: start) }
        let end = quote(from: start + 3)
        guard end < count else { throw FieldFault(.damaged, at: count) }
        offset = end + 1
        return (start + 3, end - start - 3)
    }

    /// Where the next quote is, or the end: what stands before it is checked by whoever reads it.
    @inline(__always)
    private func quote(from start: Int) -> Int {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        var index = start
        while index + 8 <= count {
            let word =
                base.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ (ones &* UInt64(UInt8(ascii: "\"")))
            // The lowest bit is exact: a borrow only reaches bytes above a found one.
            let found = (word &- ones) & ~word & highs
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, byte(index) != UInt8(ascii: "\"") { index += 1 }
        return index
    }

    /// Bytes of a known length: the closing quote is where it must be.
    @inline(__always)
    private mutating func fixed(_ length: Int, _ what: StaticString, into out: UnsafeMutableRawPointer) throws(FieldFault) {
        let start = offset
        let end = start + 3 + 2 * length
        guard end < count, base.loadUnaligned(fromByteOffset: start, as: UInt16.self).littleEndian == 0x3022,
            byte(start + 2) == UInt8(ascii: "x"), byte(end) == UInt8(ascii: "\""),
            HexDigits.decode(base + start + 3, count: length, into: out)
        else { throw try notFixed(what) }
        offset = end + 1
    }

    /// Tells hexadecimal of another length from what is none.
    private mutating func notFixed(_ what: StaticString) throws(FieldFault) -> FieldFault {
        let start = offset
        var ignored: [UInt8] = []
        try bytes(into: &ignored)
        return FieldFault(.expected(what), at: start)
    }

    @inline(__always)
    mutating func b256() throws(FieldFault) -> B256 {
        var word = (0, 0, 0, 0) as (UInt64, UInt64, UInt64, UInt64)
        // A word of 32 bytes has the size of four of eight.
        try withUnsafeMutableBytes(of: &word) { (out) throws(FieldFault) in
            if let out = out.baseAddress { try fixed(32, "32 bytes", into: out) }
        }
        return unsafeBitCast(word, to: B256.self)
    }

    @inline(__always)
    mutating func address() throws(FieldFault) -> Address {
        var word = (0, 0, 0, 0, 0) as (UInt32, UInt32, UInt32, UInt32, UInt32)
        try withUnsafeMutableBytes(of: &word) { (out) throws(FieldFault) in
            if let out = out.baseAddress { try fixed(20, "an address of 20 bytes", into: out) }
        }
        return Address(unsafeBitCast(word, to: FixedBytes<20>.self))
    }

    @inline(__always)
    mutating func fixedBytes<let length: Int>(_ what: StaticString) throws(FieldFault) -> FixedBytes<length> {
        var fault: FieldFault?
        let value = FixedBytes<length>(unsafeFilledBy: { out in
            guard let first = out.baseAddress else { return }
            do throws(FieldFault) { try fixed(length, what, into: first) } catch { fault = error }
        })
        if let fault { throw fault }
        return value
    }

    mutating func bytes() throws(FieldFault) -> [UInt8] {
        var bytes: [UInt8] = []
        try self.bytes(into: &bytes)
        return bytes
    }

    mutating func bytes(into out: inout [UInt8]) throws(FieldFault) {
        let start = offset
        let digits = try digits("0x bytes")
        guard digits.count % 2 == 0 else { throw FieldFault(.expected("0x bytes"), at: start) }
        guard digits.count > 0 else { return out = [] }
        var valid = false
        out = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { buffer, initialized in
            guard let first = buffer.baseAddress else { return }
            valid = HexDigits.decode(base + digits.start, count: digits.count / 2, into: first)
            initialized = digits.count / 2
        }
        guard valid else { throw FieldFault(.expected("0x bytes"), at: start) }
    }

    private static var quantityForm: StaticString { "a quantity (0x hexadecimal without leading zeros)" }

    /// A `Quantity` of at most 64 bits.
    @inline(__always)
    mutating func uint64() throws(FieldFault) -> UInt64 {
        let start = offset
        let digits = try digits(Self.quantityForm)
        guard digits.count > 0, digits.count == 1 || byte(digits.start) != UInt8(ascii: "0"), digits.count <= 64 else {
            throw FieldFault(.expected(Self.quantityForm), at: start)
        }
        guard digits.count <= 16 else {
            guard isHexadecimal(digits) else { throw FieldFault(.expected(Self.quantityForm), at: start) }
            throw FieldFault(.expected("a quantity below 2^64"), at: start)
        }
        guard let value = HexDigits.number(base + digits.start, count: digits.count) else {
            throw FieldFault(.expected(Self.quantityForm), at: start)
        }
        return value
    }

    /// A block height: arithmetic on heights is safe below this bound, and no chain comes near it.
    mutating func height() throws(FieldFault) -> UInt64 {
        let start = offset
        let height = try uint64()
        guard height < 1 << 53 else { throw FieldFault(.expected("a block number below 2^53"), at: start) }
        return height
    }

    private func isHexadecimal(_ digits: (start: Int, count: Int)) -> Bool {
        (digits.start..<(digits.start + digits.count)).allSatisfy { Hex.value(byte($0)) != nil }
    }

    /// A `Quantity`: minimal `0x` hexadecimal, at most 256 bits.
    mutating func quantity() throws(FieldFault) -> UInt256 {
        let start = offset
        let digits = try digits(Self.quantityForm)
        let fault = FieldFault(.expected(Self.quantityForm), at: start)
        guard digits.count > 0, digits.count == 1 || byte(digits.start) != UInt8(ascii: "0"), digits.count <= 64 else {
            throw fault
        }
        if digits.count <= 16 {
            guard let low = HexDigits.number(base + digits.start, count: digits.count) else { throw fault }
            return UInt256(limbs: low, 0, 0, 0)
        }
        // Four limbs of 16 digits from the right, the leftmost of as many as are left.
        var (limb0, limb1, limb2, limb3) = (0, 0, 0, 0) as (UInt64, UInt64, UInt64, UInt64)
        let end = base + digits.start + digits.count
        let whole = digits.count / 16
        guard let first = HexDigits.limb(end - 16) else { throw fault }
        limb0 = first
        if whole > 1 {
            guard let limb = HexDigits.limb(end - 32) else { throw fault }
            limb1 = limb
        }
        if whole > 2 {
            guard let limb = HexDigits.limb(end - 48) else { throw fault }
            limb2 = limb
        }
        if whole > 3 {
            guard let limb = HexDigits.limb(end - 64) else { throw fault }
            limb3 = limb
        }
        if digits.count % 16 > 0 {
            guard let rest = HexDigits.number(base + digits.start, count: digits.count % 16) else { throw fault }
            switch whole {
            case 1: limb1 = rest
            case 2: limb2 = rest
            default: limb3 = rest
            }
        }
        return UInt256(limbs: limb0, limb1, limb2, limb3)
    }

    mutating func bool() throws(FieldFault) -> Bool {
        let start = offset
        switch try next() {
        case UInt8(ascii: "t"):
            try skip()
            return true
        case UInt8(ascii: "f"):
            try skip()
            return false
        default: throw FieldFault(.expected("true or false"), at: start)
        }
    }

    /// A number that is written as such; nothing but ratios is (`Ratio`): no money, price or gas.
    mutating func ratio() throws(FieldFault) -> Double {
        let start = offset
        let first = try next()
        guard first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39) else {
            throw FieldFault(.expected("a number"), at: start)
        }
        try skip()
        guard let value = Double(String(decoding: buffer[start..<offset], as: UTF8.self)), value.isFinite else {
            throw FieldFault(.expected("a number"), at: start)
        }
        return value
    }
}
