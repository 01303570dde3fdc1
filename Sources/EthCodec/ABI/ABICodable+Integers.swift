import EthPrimitives

extension ABICodable where Self: FixedWidthInteger & UnsignedInteger {
    public static var abiType: ABIType { .uint(bits: bitWidth) }
    public func encodeABI(into encoder: inout ABIEncoder) {
        let wide = UInt128(truncatingIfNeeded: self)
        encoder.write(UInt256(limbs: UInt64(truncatingIfNeeded: wide), UInt64(truncatingIfNeeded: wide >> 64), 0, 0))
    }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let value = try decoder.unsigned(bits: Self.bitWidth)
        let limbs = value.limbs
        self.init(truncatingIfNeeded: UInt128(limbs.1) << 64 | UInt128(limbs.0))
    }
}

extension ABICodable where Self: FixedWidthInteger & SignedInteger {
    public static var abiType: ABIType { .int(bits: bitWidth) }
    public func encodeABI(into encoder: inout ABIEncoder) {
        let wide = UInt128(truncatingIfNeeded: self)
        let fill: UInt64 = self < 0 ? .max : 0
        encoder.write(UInt256(limbs: UInt64(truncatingIfNeeded: wide), UInt64(truncatingIfNeeded: wide >> 64), fill, fill))
    }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let limbs = try decoder.signed(bits: Self.bitWidth).bitPattern.limbs
        self.init(truncatingIfNeeded: UInt128(limbs.1) << 64 | UInt128(limbs.0))
    }
}

extension UInt8: ABICodable {}
extension UInt16: ABICodable {}
extension UInt32: ABICodable {}
extension UInt64: ABICodable {}
extension UInt128: ABICodable {}
extension Int8: ABICodable {}
extension Int16: ABICodable {}
extension Int32: ABICodable {}
extension Int64: ABICodable {}
extension Int128: ABICodable {}
