extension Int256 {
    @inlinable
    public func addingReportingOverflow(_ other: Self) -> (partialValue: Self, overflow: Bool) {
        let sum = Self(bitPattern: bitPattern &+ other.bitPattern)
        // Two numbers of one sign must not give the other.
        return (sum, isNegative == other.isNegative && sum.isNegative != isNegative)
    }

    @inlinable
    public func subtractingReportingOverflow(_ other: Self) -> (partialValue: Self, overflow: Bool) {
        let difference = Self(bitPattern: bitPattern &- other.bitPattern)
        return (difference, isNegative != other.isNegative && difference.isNegative != isNegative)
    }

    @inlinable
    public func multipliedReportingOverflow(by other: Self) -> (partialValue: Self, overflow: Bool) {
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: other.magnitude)
        let isNegative = isNegative != other.isNegative
        let value = Self(wrapping: isNegative, product)
        return (value, overflow || (product != .zero && value.isNegative != isNegative))
    }

    /// The 512-bit product in two's complement.
    @inlinable
    public func multipliedFullWidth(by other: Self) -> (high: Self, low: UInt256) {
        // A negative factor counts 2²⁵⁶ too much when it is read as unsigned.
        var (high, low) = bitPattern.multipliedFullWidth(by: other.bitPattern)
        if isNegative { high &-= other.bitPattern }
        if other.isNegative { high &-= bitPattern }
        return (Self(bitPattern: high), low)
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
        precondition(!overflow, "256-bit overflow in subtraction")
        return value
    }

    @inlinable
    public static func * (a: Self, b: Self) -> Self {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        precondition(!overflow, "256-bit overflow in multiplication")
        return value
    }

    @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
    @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
    @inlinable public static func *= (a: inout Self, b: Self) { a = a * b }

    /// The negated value; traps on the minimum, which has no counterpart.
    @inlinable
    public static prefix func - (value: Self) -> Self {
        precondition(value != .min, "256-bit overflow in negation")
        return Self(bitPattern: .zero &- value.bitPattern)
    }
}
