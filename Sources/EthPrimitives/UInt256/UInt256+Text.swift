extension UInt256: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: StaticBigInt) {
        precondition(value.signum() >= 0 && value.bitWidth <= 257, "the literal does not fit 256 unsigned bits")
        self.init(limbs: Self.limb(0, of: value), Self.limb(1, of: value), Self.limb(2, of: value), Self.limb(3, of: value))
    }

    /// A limb of a literal, from words of the machine.
    static func limb(_ index: Int, of value: StaticBigInt) -> UInt64 {
        #if _pointerBitWidth(_64)
            UInt64(value[index])
        #else
            UInt64(value[2 * index + 1]) << 32 | UInt64(value[2 * index])
        #endif
    }
}

extension UInt256: CustomStringConvertible, LosslessStringConvertible {
    /// 10¹⁹, the largest power of ten in a limb.
    private static let chunk: UInt64 = 10_000_000_000_000_000_000
    private static let digitsOfChunk = 19
    /// How many decimal digits 2²⁵⁶ − 1 has.
    static let maximalDigits = 78

    /// Decimal digits.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.maximalDigits) { text in
            // Digits come last one first: they are written from the back, and moved to the front at the end.
            var first = Self.maximalDigits
            var rest = self
            while true {
                let (quotient, remainder) = rest.divided(byLimb: Self.chunk)
                var part = remainder
                let end = first
                while part != 0 {
                    let (tens, digit) = part.quotientAndRemainder(dividingBy: 10)
                    first -= 1
                    text.initializeElement(at: first, to: UInt8(truncatingIfNeeded: digit) + 0x30)
                    part = tens
                }
                rest = quotient
                guard rest != .zero else { break }
                while first > end - Self.digitsOfChunk {
                    first -= 1
                    text.initializeElement(at: first, to: 0x30)
                }
            }
            if first == Self.maximalDigits {
                first -= 1
                text.initializeElement(at: first, to: 0x30)
            }
            let count = Self.maximalDigits - first
            for index in 0..<count { text[index] = text[first + index] }
            return count
        }
    }

    /// Parses decimal digits only: no sign, no spaces, no prefix; `nil` otherwise or above 2²⁵⁶ − 1.
    public init?(_ description: String) {
        var text = description
        guard let value = text.withUTF8({ Self(decimal: $0) }) else { return nil }
        self = value
    }

    /// Reads decimal digits, at least one, chunk by chunk.
    init?(decimal digits: UnsafeBufferPointer<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var value = Self.zero
        var index = 0
        while index < digits.count {
            let end = Swift.min(index + Self.digitsOfChunk, digits.count)
            var (part, power): (UInt64, UInt64) = (0, 1)
            while index < end {
                let digit = digits[index] &- 0x30
                guard digit <= 9 else { return nil }
                part = part &* 10 &+ UInt64(digit)
                power = power &* 10
                index += 1
            }
            guard let next = value.multiplied(byLimb: power, adding: part) else { return nil }
            value = next
        }
        self = value
    }

    /// `self * factor + summand`, `nil` above 2²⁵⁶ − 1.
    func multiplied(byLimb factor: UInt64, adding summand: UInt64) -> Self? {
        var carry: UInt64
        let (r0, r1, r2, r3): (UInt64, UInt64, UInt64, UInt64)
        (r0, carry) = Self.multiplyAdd(limb0, factor, summand, 0)
        (r1, carry) = Self.multiplyAdd(limb1, factor, carry, 0)
        (r2, carry) = Self.multiplyAdd(limb2, factor, carry, 0)
        (r3, carry) = Self.multiplyAdd(limb3, factor, carry, 0)
        return carry == 0 ? Self(limbs: r0, r1, r2, r3) : nil
    }

    /// Minimal hexadecimal with prefix, `0x0` for zero: the `Quantity` of JSON-RPC.
    public var hexQuantity: String {
        let count = Swift.max(1, (256 - leadingZeroBitCount + 3) / 4)
        return String(unsafeUninitializedCapacity: count + 2) { text in
            text.initializeElement(at: 0, to: 0x30)
            text.initializeElement(at: 1, to: 0x78)
            var rest = self
            for index in stride(from: count + 1, to: 1, by: -1) {
                let digit = UInt8(truncatingIfNeeded: rest.limb0 & 15)
                text.initializeElement(at: index, to: digit + (digit < 10 ? 0x30 : 0x61 - 10))
                rest = rest.shiftedRight(bits: 4)
            }
            return count + 2
        }
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
