public import EthPrimitives

/// An unsigned integer of a width that Swift lacks, such as `uint24` or `uint160`.
public struct ABIUInt<let bits: Int>: Sendable, Hashable {
    public let value: UInt256

    /// Takes a value of at most `bits` bits, `nil` above.
    public init?(_ value: UInt256) {
        guard 256 - value.leadingZeroBitCount <= bits else { return nil }
        self.value = value
    }
}

extension ABIUInt: ABICodable {
    public static var abiType: ABIType { .uint(bits: bits) }
    public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(value) }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) { value = try decoder.unsigned(bits: bits) }
}

extension ABIUInt: CustomStringConvertible {
    public var description: String { value.description }
}

/// A signed integer of a width that Swift lacks, such as `int24` or `int56`.
public struct ABIInt<let bits: Int>: Sendable, Hashable {
    public let value: Int256

    /// Takes a value of at most `bits` bits with its sign, `nil` beyond.
    public init?(_ value: Int256) {
        guard value.fits(bits: bits) else { return nil }
        self.value = value
    }
}

extension ABIInt: ABICodable {
    public static var abiType: ABIType { .int(bits: bits) }
    public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(value.bitPattern) }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) { value = try decoder.signed(bits: bits) }
}

extension ABIInt: CustomStringConvertible {
    public var description: String { value.description }
}
