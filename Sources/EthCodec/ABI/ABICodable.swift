public import EthPrimitives

/// A Swift type that stands for exactly one ABI type, known at compile time.
///
/// | Solidity | Swift |
/// |---|---|
/// | `uint8` … `uint128`, `uint256` | `UInt8` … `UInt128`, `UInt256` |
/// | `int8` … `int128`, `int256` | `Int8` … `Int128`, `Int256` |
/// | other widths | `ABIUInt<24>`, `ABIInt<24>` |
/// | `bytes4`, `bytes32` | `FixedBytes<4>`, `B256` |
/// | `bytes`, `string` | `ABIBytes`, `String` |
/// | `T[]`, `T[3]` | `[T]`, `ABIFixedArray<3, T>` |
/// | tuples | generated structures |
public protocol ABICodable: Sendable {
    static var abiType: ABIType { get }
    /// Whether values lie behind an offset.
    static var abiIsDynamic: Bool { get }
    /// Bytes in the head of the frame: 32 for a dynamic type (its offset), the whole value otherwise.
    static var abiHeadSize: Int { get }
    /// Bytes behind the head: the content of a dynamic value, zero for a static one.
    var abiTailSize: Int { get }
    /// Writes the value: a static one into the open frame's head, the content of a dynamic one at the end of the buffer.
    func encodeABI(into encoder: inout ABIEncoder)
    /// Reads the value that the decoder stands at.
    init(abi decoder: inout ABIDecoder) throws(ABIError)
}

extension ABICodable {
    public static var abiIsDynamic: Bool { false }
    public static var abiHeadSize: Int { 32 }
    public var abiTailSize: Int { 0 }
}

extension UInt256: ABICodable {
    public static var abiType: ABIType { .uint(bits: 256) }
    public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(self) }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) { self = try decoder.word() }
}

extension Int256: ABICodable {
    public static var abiType: ABIType { .int(bits: 256) }
    public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(bitPattern) }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) { self.init(bitPattern: try decoder.word()) }
}

extension Bool: ABICodable {
    public static var abiType: ABIType { .bool }
    public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(small: self ? 1 : 0) }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        let value = try decoder.word()
        guard value <= 1 else { throw .dirtyPadding(position: position, type: "bool") }
        self = value == 1
    }
}

extension Address: ABICodable {
    public static var abiType: ABIType { .address }
    public func encodeABI(into encoder: inout ABIEncoder) { word.withUnsafeBytes { encoder.write(rightAligned: $0) } }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        let value = try decoder.word()
        guard value.leadingZeroBitCount >= 96 else { throw .dirtyPadding(position: position, type: "address") }
        self.init(lowBytesOf: value.bigEndianBytes)
    }
}

extension FixedBytes: ABICodable {
    public static var abiType: ABIType { .fixedBytes(count: count) }
    public func encodeABI(into encoder: inout ABIEncoder) { withUnsafeBytes { encoder.write(leftAligned: $0) } }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        precondition((1...32).contains(count), "Solidity has bytes1 to bytes32 only")
        let source = try decoder.leftAligned(count: count)
        self.init(unsafeFilledBy: { out in source.withUnsafeBytes { out.copyMemory(from: $0) } })
    }
}

extension String: ABICodable {
    public static var abiType: ABIType { .string }
    public static var abiIsDynamic: Bool { true }
    public var abiTailSize: Int { ABIEncoder.tailSize(ofString: utf8.count) }
    public func encodeABI(into encoder: inout ABIEncoder) {
        var copy = self
        copy.withUTF8 { encoder.append(string: UnsafeRawBufferPointer($0)) }
    }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        guard let text = String(validating: try decoder.string(), as: UTF8.self) else { throw .invalidUTF8(position: position) }
        self = text
    }
}
