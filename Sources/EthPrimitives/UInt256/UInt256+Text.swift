extension UInt256: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: StaticBigInt) {
        precondition(value.signum() >= 0 && value.bitWidth <= 257, "the literal does not fit 256 unsigned bits")
        self.init(limbs: UInt64(value[0]), UInt64(value[1]), UInt64(value[2]), UInt64(value[3]))
    }
}

extension UInt256: CustomStringConvertible, LosslessStringConvertible {
    /// Decimal digits.
    public var description: String {
        if let small = asUInt64 { return String(small) }
        let chunk: UInt64 = 10_000_000_000_000_000_000  // 10¹⁹, the largest power of ten in a limb
        var parts: [String] = []
        var rest = self
        while rest != .zero {
            let (quotient, remainder) = rest.dividedByLimb(chunk)
            let digits = String(remainder.limb0)
            parts.append(quotient == .zero ? digits : String(repeating: "0", count: 19 - digits.utf8.count) + digits)
            rest = quotient
        }
        return parts.reversed().joined()
    }

    /// Parses decimal digits only: no sign, no spaces, no prefix; `nil` otherwise or above 2²⁵⁶ − 1.
    public init?(_ description: String) {
        guard !description.isEmpty else { return nil }
        var value = Self.zero
        for byte in description.utf8 {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: Self(limbs: 10, 0, 0, 0))
            guard !overflow else { return nil }
            let (sum, carry) = tens.addingReportingOverflow(Self(limbs: UInt64(byte - 0x30), 0, 0, 0))
            guard !carry else { return nil }
            value = sum
        }
        self = value
    }

    /// Minimal hexadecimal with prefix, `0x0` for zero: the `Quantity` of JSON-RPC.
    public var hexQuantity: String {
        var digits = ""
        for limb in [limb3, limb2, limb1, limb0] {
            let text = String(limb, radix: 16)
            if digits.isEmpty {
                if limb != 0 { digits = text }
            } else {
                digits += String(repeating: "0", count: 16 - text.utf8.count) + text
            }
        }
        return "0x" + (digits.isEmpty ? "0" : digits)
    }
}

extension UInt256: Codable {
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
                in: container, debugDescription: "expected decimal digits below 2^256, got \"\(text)\"")
        }
        self = value
    }
}
