/// Single digits of long division in base 2⁶⁴ (Knuth, The Art of Computer Programming 2, algorithm 4.3.1 D), straight-line for each
/// length of divisor: no array, no heap, one hardware division a digit.
///
/// Divisors are normalised (their top bit is set), remainders are below the divisor, numbers are written most significant limb first.
enum LimbDivision {
    /// The digit and the remainder of (`rest`, `next`) by two limbs.
    @inline(__always)
    static func digit(_ rest: UInt128, _ next: UInt64, by divisor: UInt128) -> (digit: UInt64, rest: UInt128) {
        let (digit, rest, _) = estimate(rest, next, divisor)
        return (digit, rest)
    }

    /// The digit and the remainder of (`rest`, `low`, `next`) by three limbs.
    @inline(__always)
    static func digit(
        _ rest: UInt128, _ low: UInt64, _ next: UInt64, by divisor: UInt128, _ divisorLow: UInt64
    ) -> (digit: UInt64, rest: UInt128, low: UInt64) {
        var (digit, high, carried) = estimate(rest, low, divisor)
        let product = digit.multipliedFullWidth(by: divisorLow)
        var (low, borrow) = next.subtractingReportingOverflow(product.low)
        (high, borrow) = subtract(high, UInt128(product.high), borrow)
        if borrow, !carried {
            digit &-= 1
            (low, carried) = low.addingReportingOverflow(divisorLow)
            high = high &+ divisor &+ (carried ? 1 : 0)
        }
        return (digit, high, low)
    }

    /// The digit and the remainder of (`rest`, `low`, `next`) by four limbs.
    @inline(__always)
    static func digit(
        _ rest: UInt128, _ low: UInt128, _ next: UInt64, by divisor: UInt128, _ divisorLow: UInt128
    ) -> (digit: UInt64, rest: UInt128, low: UInt128) {
        var (digit, high, carried) = estimate(rest, UInt64(truncatingIfNeeded: low >> 64), divisor)
        let product1 = digit.multipliedFullWidth(by: UInt64(truncatingIfNeeded: divisorLow >> 64))
        let product0 = digit.multipliedFullWidth(by: UInt64(truncatingIfNeeded: divisorLow))
        // The three limbs of digit * divisorLow; the top one cannot overflow, a digit times two limbs has three.
        let (middle, over) = product1.low.addingReportingOverflow(product0.high)
        let top = product1.high &+ (over ? 1 : 0)
        var (rest, borrow) = (low << 64 | UInt128(next)).subtractingReportingOverflow(join(middle, product0.low))
        (high, borrow) = subtract(high, UInt128(top), borrow)
        if borrow, !carried {
            digit &-= 1
            (rest, carried) = rest.addingReportingOverflow(divisorLow)
            high = high &+ divisor &+ (carried ? 1 : 0)
        }
        return (digit, high, rest)
    }

    /// Two limbs as one number.
    @inline(__always)
    static func join(_ high: UInt64, _ low: UInt64) -> UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Step D3 over the two leading limbs of the divisor: a digit that is exact for two limbs and otherwise at most one too large, and
    /// the remainder that goes with it, to which 2¹²⁸ must be added if it `carried`.
    @inline(__always)
    private static func estimate(
        _ rest: UInt128, _ next: UInt64, _ divisor: UInt128
    ) -> (digit: UInt64, rest: UInt128, carried: Bool) {
        let (u2, u1) = (UInt64(truncatingIfNeeded: rest >> 64), UInt64(truncatingIfNeeded: rest))
        let (d1, d0) = (UInt64(truncatingIfNeeded: divisor >> 64), UInt64(truncatingIfNeeded: divisor))
        var digit: UInt64
        var left: UInt64
        var over = false
        if u2 >= d1 {
            digit = .max
            (left, over) = u1.addingReportingOverflow(d1)
        } else {
            (digit, left) = d1.dividingFullWidth((u2, u1))
        }
        let (high, low) = digit.multipliedFullWidth(by: d0)
        var product = join(high, low)
        while !over, product > join(left, next) {
            digit &-= 1
            product &-= UInt128(d0)
            (left, over) = left.addingReportingOverflow(d1)
        }
        let (remainder, borrow) = join(left, next).subtractingReportingOverflow(product)
        return (digit, remainder, over && !borrow)
    }

    @inline(__always)
    private static func subtract(_ a: UInt128, _ b: UInt128, _ borrow: Bool) -> (UInt128, Bool) {
        let (x, b1) = a.subtractingReportingOverflow(b)
        let (y, b2) = x.subtractingReportingOverflow(borrow ? 1 : 0)
        return (y, b1 != b2)
    }
}
