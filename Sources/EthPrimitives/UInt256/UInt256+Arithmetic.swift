extension UInt256 {
    @inlinable
    public func addingReportingOverflow(_ other: Self) -> (partialValue: Self, overflow: Bool) {
        let (r0, c0) = limb0.addingReportingOverflow(other.limb0)
        let (r1, c1) = Self.add(limb1, other.limb1, c0)
        let (r2, c2) = Self.add(limb2, other.limb2, c1)
        let (r3, c3) = Self.add(limb3, other.limb3, c2)
        return (Self(limbs: r0, r1, r2, r3), c3)
    }

    @inlinable
    public func subtractingReportingOverflow(_ other: Self) -> (partialValue: Self, overflow: Bool) {
        let (r0, b0) = limb0.subtractingReportingOverflow(other.limb0)
        let (r1, b1) = Self.subtract(limb1, other.limb1, b0)
        let (r2, b2) = Self.subtract(limb2, other.limb2, b1)
        let (r3, b3) = Self.subtract(limb3, other.limb3, b2)
        return (Self(limbs: r0, r1, r2, r3), b3)
    }

    @inlinable
    static func add(_ a: UInt64, _ b: UInt64, _ carry: Bool) -> (UInt64, Bool) {
        let (x, c1) = a.addingReportingOverflow(b)
        let (y, c2) = x.addingReportingOverflow(carry ? 1 : 0)
        return (y, c1 != c2)
    }

    @inlinable
    static func subtract(_ a: UInt64, _ b: UInt64, _ borrow: Bool) -> (UInt64, Bool) {
        let (x, b1) = a.subtractingReportingOverflow(b)
        let (y, b2) = x.subtractingReportingOverflow(borrow ? 1 : 0)
        return (y, b1 != b2)
    }

    /// The 512-bit product.
    ///
    /// Always inlined, so that `&*`, which the standard library defines by the reporting form, costs no multiplication for bits that
    /// it drops.
    @inlinable @inline(__always)
    public func multipliedFullWidth(by other: Self) -> (high: Self, low: Self) {
        var r: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
        var carry: UInt64 = 0
        (r.0, carry) = Self.multiplyAdd(limb0, other.limb0, 0, 0)
        (r.1, carry) = Self.multiplyAdd(limb0, other.limb1, 0, carry)
        (r.2, carry) = Self.multiplyAdd(limb0, other.limb2, 0, carry)
        (r.3, r.4) = Self.multiplyAdd(limb0, other.limb3, 0, carry)
        (r.1, carry) = Self.multiplyAdd(limb1, other.limb0, r.1, 0)
        (r.2, carry) = Self.multiplyAdd(limb1, other.limb1, r.2, carry)
        (r.3, carry) = Self.multiplyAdd(limb1, other.limb2, r.3, carry)
        (r.4, r.5) = Self.multiplyAdd(limb1, other.limb3, r.4, carry)
        (r.2, carry) = Self.multiplyAdd(limb2, other.limb0, r.2, 0)
        (r.3, carry) = Self.multiplyAdd(limb2, other.limb1, r.3, carry)
        (r.4, carry) = Self.multiplyAdd(limb2, other.limb2, r.4, carry)
        (r.5, r.6) = Self.multiplyAdd(limb2, other.limb3, r.5, carry)
        (r.3, carry) = Self.multiplyAdd(limb3, other.limb0, r.3, 0)
        (r.4, carry) = Self.multiplyAdd(limb3, other.limb1, r.4, carry)
        (r.5, carry) = Self.multiplyAdd(limb3, other.limb2, r.5, carry)
        (r.6, r.7) = Self.multiplyAdd(limb3, other.limb3, r.6, carry)
        return (Self(limbs: r.4, r.5, r.6, r.7), Self(limbs: r.0, r.1, r.2, r.3))
    }

    /// `a * b + c + d`, which always fits 128 bits.
    @inlinable @inline(__always)
    static func multiplyAdd(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> (low: UInt64, high: UInt64) {
        let (high, low) = a.multipliedFullWidth(by: b)
        let sum =
            (UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low))
            &+ UInt128(truncatingIfNeeded: c) &+ UInt128(truncatingIfNeeded: d)
        return (UInt64(truncatingIfNeeded: sum), UInt64(truncatingIfNeeded: sum &>> 64))
    }

    @inlinable @inline(__always)
    public func multipliedReportingOverflow(by other: Self) -> (partialValue: Self, overflow: Bool) {
        let (high, low) = multipliedFullWidth(by: other)
        return (low, high.limb0 | high.limb1 | high.limb2 | high.limb3 != 0)
    }

    /// The product of two numbers below 2¹²⁸: four multiplications of limbs, and no overflow.
    @inlinable @inline(__always)
    static func product(ofLowHalves a: Self, _ b: Self) -> Self {
        let (r0, c0) = multiplyAdd(a.limb0, b.limb0, 0, 0)
        let (m1, c1) = multiplyAdd(a.limb0, b.limb1, c0, 0)
        let (r1, c2) = multiplyAdd(a.limb1, b.limb0, m1, 0)
        let (r2, r3) = multiplyAdd(a.limb1, b.limb1, c1, c2)
        return Self(limbs: r0, r1, r2, r3)
    }
}
