public import EthPrimitives

extension ABICodable where Self: FixedWidthInteger & UnsignedInteger {
    public static var abiType: ABIType { .uint(bits: bitWidth) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) {
        let wide = UInt128(truncatingIfNeeded: self)
        encoder.write(UInt256(limbs: UInt64(truncatingIfNeeded: wide), UInt64(truncatingIfNeeded: wide >> 64), 0, 0))
    }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        let limbs = try decoder.word().limbs
        let wide = UInt128(limbs.1) << 64 | UInt128(limbs.0)
        self.init(truncatingIfNeeded: wide)
        guard limbs.2 | limbs.3 == 0, UInt128(truncatingIfNeeded: self) == wide else {
            throw .dirtyPadding(position: position, type: "uint\(Self.bitWidth)")
        }
    }
}

extension ABICodable where Self: FixedWidthInteger & SignedInteger {
    public static var abiType: ABIType { .int(bits: bitWidth) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) {
        let wide = UInt128(truncatingIfNeeded: self)
        let fill: UInt64 = self < 0 ? .max : 0
        encoder.write(UInt256(limbs: UInt64(truncatingIfNeeded: wide), UInt64(truncatingIfNeeded: wide >> 64), fill, fill))
    }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        let limbs = try decoder.word().limbs
        let wide = UInt128(limbs.1) << 64 | UInt128(limbs.0)
        self.init(truncatingIfNeeded: wide)
        let fill: UInt64 = self < 0 ? .max : 0
        guard limbs.2 == fill, limbs.3 == fill, UInt128(truncatingIfNeeded: self) == wide else {
            throw .dirtyPadding(position: position, type: "int\(Self.bitWidth)")
        }
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
