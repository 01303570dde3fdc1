extension UInt256 {
    public func dividedReportingOverflow(by other: Self) -> (partialValue: Self, overflow: Bool) {
        other == .zero ? (self, true) : (quotientAndRemainder(dividingBy: other).quotient, false)
    }

    public func remainderReportingOverflow(dividingBy other: Self) -> (partialValue: Self, overflow: Bool) {
        other == .zero ? (self, true) : (quotientAndRemainder(dividingBy: other).remainder, false)
    }

    public func quotientAndRemainder(dividingBy other: Self) -> (quotient: Self, remainder: Self) {
        precondition(other != .zero, "division by zero")
        if other > self { return (.zero, self) }
        if let divisor = other.asUInt64 {
            if let dividend = asUInt64 {
                let (q, r) = dividend.quotientAndRemainder(dividingBy: divisor)
                return (Self(limbs: q, 0, 0, 0), Self(limbs: r, 0, 0, 0))
            }
            return dividedByLimb(divisor)
        }
        return other.dividingFullWidth((.zero, self))
    }

    /// Division by one limb: four hardware divisions.
    func dividedByLimb(_ divisor: UInt64) -> (quotient: Self, remainder: Self) {
        let (q3, r3) = limb3.quotientAndRemainder(dividingBy: divisor)
        let (q2, r2) = divisor.dividingFullWidth((r3, limb2))
        let (q1, r1) = divisor.dividingFullWidth((r2, limb1))
        let (q0, r0) = divisor.dividingFullWidth((r1, limb0))
        return (Self(limbs: q0, q1, q2, q3), Self(limbs: r0, 0, 0, 0))
    }

    /// Divides a 512-bit dividend by `self` (Knuth, The Art of Computer Programming 2, algorithm 4.3.1 D).
    ///
    /// Traps if the quotient does not fit 256 bits, that is unless `dividend.high < self`.
    public func dividingFullWidth(_ dividend: (high: Self, low: Self)) -> (quotient: Self, remainder: Self) {
        precondition(dividend.high < self, "division by zero or quotient overflow")
        let shift = UInt64(UInt64(leadingZeroBitCount) & 63)
        let divisor = self &<< Self(limbs: shift, 0, 0, 0)
        let v = [divisor.limb0, divisor.limb1, divisor.limb2, divisor.limb3]
        var n = 4
        while n > 1, v[n - 1] == 0 { n -= 1 }
        var u = Self.shifted(dividend.high, dividend.low, by: shift)
        guard n > 1 else {
            var remainder: UInt64 = 0
            for j in stride(from: 8, through: 0, by: -1) { (u[j], remainder) = v[0].dividingFullWidth((remainder, u[j])) }
            return (Self(limbs: u[0], u[1], u[2], u[3]), Self(limbs: remainder >> shift, 0, 0, 0))
        }
        var q = [UInt64](repeating: 0, count: 9)
        for j in stride(from: 8 - n, through: 0, by: -1) {
            let digit = Self.quotientDigit(u[j + n], u[j + n - 1], u[j + n - 2], v[n - 1], v[n - 2])
            q[j] = Self.subtractMultiple(of: v, times: digit, from: &u, at: j, count: n)
        }
        let remainder = Self(limbs: u[0], u[1], u[2], u[3]) &>> Self(limbs: shift, 0, 0, 0)
        return (Self(limbs: q[0], q[1], q[2], q[3]), remainder)
    }

    /// The 512-bit value shifted left by fewer than 64 bits, as nine limbs.
    private static func shifted(_ high: Self, _ low: Self, by shift: UInt64) -> [UInt64] {
        let limbs = [low.limb0, low.limb1, low.limb2, low.limb3, high.limb0, high.limb1, high.limb2, high.limb3]
        var out = [UInt64](repeating: 0, count: 9)
        for (index, limb) in limbs.enumerated() {
            out[index] |= limb << shift
            if shift > 0 { out[index + 1] = limb >> (64 - shift) }
        }
        return out
    }

    /// Step D3: a digit that is at most one too large.
    private static func quotientDigit(_ u2: UInt64, _ u1: UInt64, _ u0: UInt64, _ v1: UInt64, _ v0: UInt64) -> UInt64 {
        var digit: UInt64
        var rest: UInt64
        var restOverflowed = false
        if u2 >= v1 {
            digit = .max
            (rest, restOverflowed) = u1.addingReportingOverflow(v1)
        } else {
            (digit, rest) = v1.dividingFullWidth((u2, u1))
        }
        while !restOverflowed {
            let product = digit.multipliedFullWidth(by: v0)
            guard product.high > rest || (product.high == rest && product.low > u0) else { break }
            digit -= 1
            (rest, restOverflowed) = rest.addingReportingOverflow(v1)
        }
        return digit
    }

    /// Steps D4 to D6: subtracts `digit * v` at position `j`, adds back once if that went below zero; returns the final digit.
    private static func subtractMultiple(
        of v: [UInt64], times digit: UInt64, from u: inout [UInt64], at j: Int, count n: Int
    ) -> UInt64 {
        var carry: UInt64 = 0
        var borrow = false
        for i in 0..<n {
            let (low, high) = multiplyAdd(digit, v[i], carry, 0)
            carry = high
            (u[i + j], borrow) = subtract(u[i + j], low, borrow)
        }
        (u[j + n], borrow) = subtract(u[j + n], carry, borrow)
        guard borrow else { return digit }
        var over = false
        for i in 0..<n { (u[i + j], over) = add(u[i + j], v[i], over) }
        u[j + n] &+= over ? 1 : 0
        return digit - 1
    }
}
