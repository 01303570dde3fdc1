extension UInt256: UnsignedInteger, FixedWidthInteger {
    public typealias Words = [UInt]
    public typealias Magnitude = Self

    @inlinable public static var bitWidth: Int { 256 }
    @inlinable public static var isSigned: Bool { false }
    public var words: [UInt] { [UInt(limb0), UInt(limb1), UInt(limb2), UInt(limb3)] }
    @inlinable public var magnitude: Self { self }

    @inlinable
    public init(_truncatingBits bits: UInt) { self.init(limbs: UInt64(bits), 0, 0, 0) }

    @inlinable
    public init(_ source: UInt64) { self.init(limbs: source, 0, 0, 0) }

    public init<T: BinaryInteger>(_ source: T) {
        guard let value = Self(exactly: source) else { preconditionFailure("\(source) does not fit 256 unsigned bits") }
        self = value
    }

    public init?<T: BinaryInteger>(exactly source: T) {
        guard source >= 0 else { return nil }
        self.init(truncatingIfNeeded: source)
        guard source.bitWidth > 256 else { return }
        for word in source.words.dropFirst(4) where word != 0 { return nil }
    }

    public init<T: BinaryInteger>(truncatingIfNeeded source: T) {
        var limbs: [UInt64] = source.words.prefix(4).map { UInt64($0) }
        let fill: UInt64 = source < 0 ? .max : 0
        while limbs.count < 4 { limbs.append(fill) }
        self.init(limbs: limbs[0], limbs[1], limbs[2], limbs[3])
    }

    public init<T: BinaryInteger>(clamping source: T) {
        self = source < 0 ? .zero : Self(exactly: source) ?? .max
    }

    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.subtractingReportingOverflow(b).overflow }

    @inlinable
    public static func == (a: Self, b: Self) -> Bool {
        (a.limb0 ^ b.limb0) | (a.limb1 ^ b.limb1) | (a.limb2 ^ b.limb2) | (a.limb3 ^ b.limb3) == 0
    }

    @inlinable
    public static func + (a: Self, b: Self) -> Self {
        let (value, overflow) = a.addingReportingOverflow(b)
        precondition(!overflow, "256-bit overflow in addition")
        return value
    }

    @inlinable
    public static func - (a: Self, b: Self) -> Self {
        let (value, overflow) = a.subtractingReportingOverflow(b)
        precondition(!overflow, "256-bit underflow in subtraction")
        return value
    }

    @inlinable
    public static func * (a: Self, b: Self) -> Self {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        precondition(!overflow, "256-bit overflow in multiplication")
        return value
    }

    public static func / (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).quotient }
    public static func % (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).remainder }
    @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
    @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
    @inlinable public static func *= (a: inout Self, b: Self) { a = a * b }
    public static func /= (a: inout Self, b: Self) { a = a / b }
    public static func %= (a: inout Self, b: Self) { a = a % b }

    @inlinable
    public static func &= (a: inout Self, b: Self) {
        a = Self(limbs: a.limb0 & b.limb0, a.limb1 & b.limb1, a.limb2 & b.limb2, a.limb3 & b.limb3)
    }
    @inlinable
    public static func |= (a: inout Self, b: Self) {
        a = Self(limbs: a.limb0 | b.limb0, a.limb1 | b.limb1, a.limb2 | b.limb2, a.limb3 | b.limb3)
    }
    @inlinable
    public static func ^= (a: inout Self, b: Self) {
        a = Self(limbs: a.limb0 ^ b.limb0, a.limb1 ^ b.limb1, a.limb2 ^ b.limb2, a.limb3 ^ b.limb3)
    }
    @inlinable public static prefix func ~ (a: Self) -> Self { Self(limbs: ~a.limb0, ~a.limb1, ~a.limb2, ~a.limb3) }

    public static func &<<= (a: inout Self, b: Self) { a = a.shiftedLeft(by: Int(b.limb0 & 255)) }
    public static func &>>= (a: inout Self, b: Self) { a = a.shiftedRight(by: Int(b.limb0 & 255)) }

    private func shiftedLeft(by count: Int) -> Self {
        let (whole, bits) = (count >> 6, UInt64(count & 63))
        var value = self
        if whole >= 1 { value = Self(limbs: 0, value.limb0, value.limb1, value.limb2) }
        if whole >= 2 { value = Self(limbs: 0, value.limb0, value.limb1, value.limb2) }
        if whole >= 3 { value = Self(limbs: 0, value.limb0, value.limb1, value.limb2) }
        guard bits > 0 else { return value }
        let back = 64 - bits
        return Self(
            limbs: value.limb0 << bits, value.limb1 << bits | value.limb0 >> back, value.limb2 << bits | value.limb1 >> back,
            value.limb3 << bits | value.limb2 >> back)
    }

    private func shiftedRight(by count: Int) -> Self {
        let (whole, bits) = (count >> 6, UInt64(count & 63))
        var value = self
        if whole >= 1 { value = Self(limbs: value.limb1, value.limb2, value.limb3, 0) }
        if whole >= 2 { value = Self(limbs: value.limb1, value.limb2, value.limb3, 0) }
        if whole >= 3 { value = Self(limbs: value.limb1, value.limb2, value.limb3, 0) }
        guard bits > 0 else { return value }
        let back = 64 - bits
        return Self(
            limbs: value.limb0 >> bits | value.limb1 << back, value.limb1 >> bits | value.limb2 << back,
            value.limb2 >> bits | value.limb3 << back, value.limb3 >> bits)
    }

    @inlinable
    public var leadingZeroBitCount: Int {
        if limb3 != 0 { return limb3.leadingZeroBitCount }
        if limb2 != 0 { return 64 + limb2.leadingZeroBitCount }
        if limb1 != 0 { return 128 + limb1.leadingZeroBitCount }
        return 192 + limb0.leadingZeroBitCount
    }

    @inlinable
    public var trailingZeroBitCount: Int {
        if limb0 != 0 { return limb0.trailingZeroBitCount }
        if limb1 != 0 { return 64 + limb1.trailingZeroBitCount }
        if limb2 != 0 { return 128 + limb2.trailingZeroBitCount }
        return 192 + limb3.trailingZeroBitCount
    }

    @inlinable
    public var nonzeroBitCount: Int {
        limb0.nonzeroBitCount + limb1.nonzeroBitCount + limb2.nonzeroBitCount + limb3.nonzeroBitCount
    }

    @inlinable
    public var byteSwapped: Self { Self(limbs: limb3.byteSwapped, limb2.byteSwapped, limb1.byteSwapped, limb0.byteSwapped) }
}
