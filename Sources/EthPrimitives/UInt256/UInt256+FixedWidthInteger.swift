extension UInt256: UnsignedInteger, FixedWidthInteger {
    public typealias Magnitude = Self

    @inlinable public static var bitWidth: Int { 256 }
    @inlinable public static var isSigned: Bool { false }
    @inlinable public var magnitude: Self { self }

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
        // Amounts and prices rarely have more than 128 bits.
        if a.limb2 | a.limb3 | b.limb2 | b.limb3 == 0 { return product(ofLowHalves: a, b) }
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        precondition(!overflow, "256-bit overflow in multiplication")
        return value
    }

    @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
    @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
    @inlinable public static func *= (a: inout Self, b: Self) { a = a * b }

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
