extension Int256: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: StaticBigInt) {
        precondition(value.bitWidth <= 256, "the literal does not fit 256 signed bits")
        bitPattern = UInt256(
            limbs: UInt256.limb(0, of: value), UInt256.limb(1, of: value), UInt256.limb(2, of: value), UInt256.limb(3, of: value))
    }
}

extension Int256: CustomStringConvertible, LosslessStringConvertible {
    /// Decimal digits, with a minus sign below zero.
    public var description: String { isNegative ? "-\(magnitude)" : magnitude.description }

    /// Parses decimal digits after an optional minus sign; `nil` otherwise or beyond 256 signed bits.
    public init?(_ description: String) {
        let isNegative = description.utf8.first == 0x2D
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
