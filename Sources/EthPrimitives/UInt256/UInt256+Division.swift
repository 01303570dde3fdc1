extension UInt256 {
    public func dividedReportingOverflow(by other: Self) -> (partialValue: Self, overflow: Bool) {
        other == .zero ? (self, true) : (quotientAndRemainder(dividingBy: other).quotient, false)
    }

    public func remainderReportingOverflow(dividingBy other: Self) -> (partialValue: Self, overflow: Bool) {
        other == .zero ? (self, true) : (quotientAndRemainder(dividingBy: other).remainder, false)
    }

    public static func / (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).quotient }
    public static func % (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).remainder }
    public static func /= (a: inout Self, b: Self) { a = a / b }
    public static func %= (a: inout Self, b: Self) { a = a % b }

    /// Traps on a divisor of zero.
    public func quotientAndRemainder(dividingBy other: Self) -> (quotient: Self, remainder: Self) {
        if other.limb1 | other.limb2 | other.limb3 == 0 {
            precondition(other.limb0 != 0, "division by zero")
            let (quotient, remainder) = divided(byLimb: other.limb0)
            return (quotient, Self(limbs: remainder, 0, 0, 0))
        }
        if limb2 | limb3 | other.limb2 | other.limb3 == 0 {
            let (quotient, remainder) = lowHalf.quotientAndRemainder(dividingBy: other.lowHalf)
            return (Self(low: quotient), Self(low: remainder))
        }
        if other > self { return (.zero, self) }
        // With the divisor's top bit set, the first limbs of the dividend are below it: they begin as the remainder.
        let shift = UInt64(truncatingIfNeeded: other.leadingZeroBitCount & 63)
        let divisor = other.shiftedLeft(bits: shift)
        let dividend = shiftedLeft(bits: shift)
        let spill = shift == 0 ? 0 : limb3 &>> (64 &- shift)
        if divisor.limb3 != 0 {
            let (q0, high, low) = LimbDivision.digit(
                LimbDivision.join(spill, dividend.limb3), LimbDivision.join(dividend.limb2, dividend.limb1), dividend.limb0,
                by: divisor.highHalf, divisor.lowHalf)
            return (Self(limbs: q0, 0, 0, 0), Self(high: high, low: low).shiftedRight(bits: shift))
        }
        if divisor.limb2 != 0 {
            let leading = LimbDivision.join(divisor.limb2, divisor.limb1)
            var rest = LimbDivision.join(spill, dividend.limb3)
            var low = dividend.limb2
            var (q1, q0): (UInt64, UInt64)
            (q1, rest, low) = LimbDivision.digit(rest, low, dividend.limb1, by: leading, divisor.limb0)
            (q0, rest, low) = LimbDivision.digit(rest, low, dividend.limb0, by: leading, divisor.limb0)
            let remainder = Self(high: rest >> 64, low: rest << 64 | UInt128(low))
            return (Self(limbs: q0, q1, 0, 0), remainder.shiftedRight(bits: shift))
        }
        var rest = LimbDivision.join(spill, dividend.limb3)
        var (q2, q1, q0): (UInt64, UInt64, UInt64)
        (q2, rest) = LimbDivision.digit(rest, dividend.limb2, by: divisor.lowHalf)
        (q1, rest) = LimbDivision.digit(rest, dividend.limb1, by: divisor.lowHalf)
        (q0, rest) = LimbDivision.digit(rest, dividend.limb0, by: divisor.lowHalf)
        return (Self(limbs: q0, q1, q2, 0), Self(low: rest &>> UInt128(shift)))
    }

    /// Divides a 512-bit dividend by `self`.
    ///
    /// Traps if the quotient does not fit 256 bits, that is unless `dividend.high < self`.
    public func dividingFullWidth(_ dividend: (high: Self, low: Self)) -> (quotient: Self, remainder: Self) {
        precondition(dividend.high < self, "division by zero or quotient overflow")
        if dividend.high == .zero { return dividend.low.quotientAndRemainder(dividingBy: self) }
        if limb1 | limb2 | limb3 == 0 {
            let (quotient, remainder) = dividend.low.divided(byLimb: limb0, after: dividend.high.limb0)
            return (quotient, Self(limbs: remainder, 0, 0, 0))
        }
        let shift = UInt64(truncatingIfNeeded: leadingZeroBitCount & 63)
        let divisor = shiftedLeft(bits: shift)
        let low = dividend.low.shiftedLeft(bits: shift)
        var high = dividend.high.shiftedLeft(bits: shift)
        if shift > 0 { high.limb0 |= dividend.low.limb3 &>> (64 &- shift) }
        return divisor.divideNormalized(high, low, shift)
    }

    /// Long division by `self`, whose leading limb has its top bit set and is not limb 0; `high` is below `self`.
    private func divideNormalized(_ high: Self, _ low: Self, _ shift: UInt64) -> (quotient: Self, remainder: Self) {
        var (q3, q2, q1, q0): (UInt64, UInt64, UInt64, UInt64)
        if limb3 != 0 {
            var (rest, tail) = (high.highHalf, high.lowHalf)
            (q3, rest, tail) = LimbDivision.digit(rest, tail, low.limb3, by: highHalf, lowHalf)
            (q2, rest, tail) = LimbDivision.digit(rest, tail, low.limb2, by: highHalf, lowHalf)
            (q1, rest, tail) = LimbDivision.digit(rest, tail, low.limb1, by: highHalf, lowHalf)
            (q0, rest, tail) = LimbDivision.digit(rest, tail, low.limb0, by: highHalf, lowHalf)
            return (Self(limbs: q0, q1, q2, q3), Self(high: rest, low: tail).shiftedRight(bits: shift))
        }
        if limb2 != 0 {
            let leading = LimbDivision.join(limb2, limb1)
            var (rest, tail) = (LimbDivision.join(high.limb2, high.limb1), high.limb0)
            (q3, rest, tail) = LimbDivision.digit(rest, tail, low.limb3, by: leading, limb0)
            (q2, rest, tail) = LimbDivision.digit(rest, tail, low.limb2, by: leading, limb0)
            (q1, rest, tail) = LimbDivision.digit(rest, tail, low.limb1, by: leading, limb0)
            (q0, rest, tail) = LimbDivision.digit(rest, tail, low.limb0, by: leading, limb0)
            let remainder = Self(high: rest >> 64, low: rest << 64 | UInt128(tail))
            return (Self(limbs: q0, q1, q2, q3), remainder.shiftedRight(bits: shift))
        }
        var rest = high.lowHalf
        (q3, rest) = LimbDivision.digit(rest, low.limb3, by: lowHalf)
        (q2, rest) = LimbDivision.digit(rest, low.limb2, by: lowHalf)
        (q1, rest) = LimbDivision.digit(rest, low.limb1, by: lowHalf)
        (q0, rest) = LimbDivision.digit(rest, low.limb0, by: lowHalf)
        return (Self(limbs: q0, q1, q2, q3), Self(low: rest &>> UInt128(shift)))
    }

    /// Division by one limb, which is not zero: one hardware division for each limb from the first that is not zero.
    @inline(__always)
    func divided(byLimb divisor: UInt64) -> (quotient: Self, remainder: UInt64) {
        var rest: UInt64 = 0
        var (q3, q2, q1, q0): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        // The first division is of one limb, which is cheaper than that of two.
        if limb3 != 0 {
            (q3, rest) = limb3.quotientAndRemainder(dividingBy: divisor)
            (q2, rest) = divisor.dividingFullWidth((rest, limb2))
            (q1, rest) = divisor.dividingFullWidth((rest, limb1))
        } else if limb2 != 0 {
            (q2, rest) = limb2.quotientAndRemainder(dividingBy: divisor)
            (q1, rest) = divisor.dividingFullWidth((rest, limb1))
        } else if limb1 != 0 {
            (q1, rest) = limb1.quotientAndRemainder(dividingBy: divisor)
        } else {
            (q0, rest) = limb0.quotientAndRemainder(dividingBy: divisor)
            return (Self(limbs: q0, 0, 0, 0), rest)
        }
        (q0, rest) = divisor.dividingFullWidth((rest, limb0))
        return (Self(limbs: q0, q1, q2, q3), rest)
    }

    /// Division of the five limbs (`rest`, `self`) by one limb above `rest`.
    func divided(byLimb divisor: UInt64, after rest: UInt64) -> (quotient: Self, remainder: UInt64) {
        var rest = rest
        var (q3, q2, q1, q0): (UInt64, UInt64, UInt64, UInt64)
        (q3, rest) = divisor.dividingFullWidth((rest, limb3))
        (q2, rest) = divisor.dividingFullWidth((rest, limb2))
        (q1, rest) = divisor.dividingFullWidth((rest, limb1))
        (q0, rest) = divisor.dividingFullWidth((rest, limb0))
        return (Self(limbs: q0, q1, q2, q3), rest)
    }
}
