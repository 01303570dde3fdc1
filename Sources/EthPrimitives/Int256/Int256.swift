/// A signed 256-bit integer, the `int256` of Solidity: two's complement over a `UInt256`.
///
/// Arithmetic traps on overflow like every Swift integer; `&+`, `&-`, `&*` wrap modulo 2²⁵⁶ as the EVM does, and the
/// `…ReportingOverflow` forms tell.
@frozen
public struct Int256: Sendable, Hashable {
    /// The two's complement word, as the ABI and the EVM lay it out.
    public var bitPattern: UInt256

    @inlinable
    public init(bitPattern: UInt256) { self.bitPattern = bitPattern }

    /// Joins a sign and a magnitude, `nil` beyond -2²⁵⁵ … 2²⁵⁵ - 1; minus zero is zero.
    @inlinable
    public init?(isNegative: Bool, magnitude: UInt256) {
        let value = Int256(wrapping: isNegative, magnitude)
        guard magnitude == .zero || value.isNegative == isNegative else { return nil }
        self = value
    }

    /// The magnitude, or its negative, modulo 2²⁵⁶.
    @inlinable
    init(wrapping isNegative: Bool, _ magnitude: UInt256) { bitPattern = isNegative ? .zero &- magnitude : magnitude }

    @inlinable public static var zero: Self { Self(bitPattern: .zero) }
    /// -2²⁵⁵
    @inlinable public static var min: Self { Self(bitPattern: UInt256(limbs: 0, 0, 0, 1 << 63)) }
    /// 2²⁵⁵ - 1
    @inlinable public static var max: Self { Self(bitPattern: UInt256(limbs: .max, .max, .max, .max >> 1)) }

    @inlinable public var isNegative: Bool { bitPattern.limb3 >> 63 == 1 }

    /// The distance from zero; 2²⁵⁵ for the minimum.
    @inlinable public var magnitude: UInt256 { isNegative ? .zero &- bitPattern : bitPattern }

    @inlinable public static func == (a: Self, b: Self) -> Bool { a.bitPattern == b.bitPattern }
}

extension Int256: Comparable {
    @inlinable
    public static func < (a: Self, b: Self) -> Bool {
        // With the sign bits turned over, the order is that of unsigned numbers.
        let sign = UInt256(limbs: 0, 0, 0, 1 << 63)
        return a.bitPattern ^ sign < b.bitPattern ^ sign
    }
}
