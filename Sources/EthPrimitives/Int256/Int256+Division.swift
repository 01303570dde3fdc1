// Quotients are cut toward zero and remainders have the sign of the dividend, as in Swift, Solidity and the EVM.
extension Int256 {
    /// Overflows for a divisor of zero and for the minimum divided by -1, which gives the minimum again.
    public func dividedReportingOverflow(by other: Self) -> (partialValue: Self, overflow: Bool) {
        if other == .zero { return (self, true) }
        if self == .min, other == -1 { return (self, true) }
        return (parts(dividingBy: other).quotient, false)
    }

    /// Overflows where `dividedReportingOverflow` does; the minimum modulo -1 is zero nevertheless.
    public func remainderReportingOverflow(dividingBy other: Self) -> (partialValue: Self, overflow: Bool) {
        if other == .zero { return (self, true) }
        if self == .min, other == -1 { return (.zero, true) }
        return (parts(dividingBy: other).remainder, false)
    }

    /// Traps on a divisor of zero and for the minimum divided by -1.
    public func quotientAndRemainder(dividingBy other: Self) -> (quotient: Self, remainder: Self) {
        precondition(other != .zero, "division by zero")
        precondition(self != .min || other != -1, "256-bit overflow in division")
        return parts(dividingBy: other)
    }

    private func parts(dividingBy other: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: other.magnitude)
        return (Self(wrapping: isNegative != other.isNegative, quotient), Self(wrapping: isNegative, remainder))
    }

    /// Divides a 512-bit dividend in two's complement by `self`; traps if the quotient does not fit, and on zero.
    public func dividingFullWidth(_ dividend: (high: Self, low: UInt256)) -> (quotient: Self, remainder: Self) {
        var (high, low) = (dividend.high.bitPattern, dividend.low)
        if dividend.high.isNegative {
            low = .zero &- low
            high = ~high &+ (low == .zero ? 1 : 0)
        }
        let (quotient, remainder) = magnitude.dividingFullWidth((high, low))
        guard let signed = Self(isNegative: dividend.high.isNegative != isNegative, magnitude: quotient) else {
            // As the standard library's integers do; `dividedReportingOverflow` is for those who may meet it.
            preconditionFailure("256-bit overflow in division")
        }
        return (signed, Self(wrapping: dividend.high.isNegative, remainder))
    }

    public static func / (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).quotient }
    public static func % (a: Self, b: Self) -> Self { a.quotientAndRemainder(dividingBy: b).remainder }
    public static func /= (a: inout Self, b: Self) { a = a / b }
    public static func %= (a: inout Self, b: Self) { a = a % b }
}
