/// A signed 256-bit integer, the `int256` of Solidity: two's complement over a `UInt256`.
///
/// It carries values between contracts and decisions; arithmetic beyond comparison and negation is left to the magnitudes.
@frozen
public struct Int256: Sendable, Hashable {
    /// The two's complement word, as the ABI and the EVM lay it out.
    public var bitPattern: UInt256

    @inlinable
    public init(bitPattern: UInt256) { self.bitPattern = bitPattern }

    /// Takes any integer that fits 256 signed bits, `nil` otherwise.
    public init?(exactly source: some BinaryInteger) {
        if source >= 0 {
            guard let value = UInt256(exactly: source) else { return nil }
            self.init(isNegative: false, magnitude: value)
        } else {
            guard let value = UInt256(exactly: source.magnitude) else { return nil }
            self.init(isNegative: true, magnitude: value)
        }
    }

    /// Takes any integer of at most 64 signed bits.
    public init(_ source: Int64) {
        let fill: UInt64 = source < 0 ? .max : 0
        bitPattern = UInt256(limbs: UInt64(bitPattern: source), fill, fill, fill)
    }

    /// Joins a sign and a magnitude, `nil` beyond -2²⁵⁵ … 2²⁵⁵ - 1; minus zero is zero.
    public init?(isNegative: Bool, magnitude: UInt256) {
        let value = Int256(bitPattern: isNegative ? .zero &- magnitude : magnitude)
        guard magnitude == .zero || value.isNegative == isNegative else { return nil }
        self = value
    }

    public static let zero = Int256(bitPattern: .zero)
    public static let min = Int256(bitPattern: UInt256(limbs: 0, 0, 0, 1 << 63))
    public static let max = Int256(bitPattern: UInt256(limbs: .max, .max, .max, .max >> 1))

    @inlinable
    public var isNegative: Bool { bitPattern.limbs.3 >> 63 == 1 }

    /// The distance from zero; 2²⁵⁵ for the minimum.
    public var magnitude: UInt256 { isNegative ? .zero &- bitPattern : bitPattern }
}

extension Int256: Comparable {
    public static func < (a: Self, b: Self) -> Bool {
        a.isNegative == b.isNegative ? a.bitPattern < b.bitPattern : a.isNegative
    }

    /// The negated value; traps on the minimum, which has no counterpart.
    public static prefix func - (value: Self) -> Self {
        guard let negated = Self(isNegative: !value.isNegative, magnitude: value.magnitude) else {
            preconditionFailure("256-bit overflow in negation")
        }
        return negated
    }
}

extension Int256: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension Int256: CustomStringConvertible, LosslessStringConvertible {
    /// Decimal digits, with a minus sign below zero.
    public var description: String { isNegative ? "-\(magnitude)" : magnitude.description }

    /// Parses decimal digits after an optional minus sign; `nil` otherwise or beyond 256 signed bits.
    public init?(_ description: String) {
        let isNegative = description.hasPrefix("-")
        guard let magnitude = UInt256(isNegative ? String(description.dropFirst()) : description) else { return nil }
        self.init(isNegative: isNegative, magnitude: magnitude)
    }
}

extension Int256: Codable {
    /// A decimal string, because JSON numbers lose precision above 2⁵³.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a signed 256-bit decimal, got \"\(text)\"")
        }
        self = value
    }
}
