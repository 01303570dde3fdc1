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
    ///
    /// It must write exactly `abiHeadSize` bytes if static, `abiTailSize` if dynamic.
    func encodeABI(into encoder: inout ABIEncoder)
    /// Reads the value that the decoder stands at.
    init(abi decoder: inout ABIDecoder) throws(ABIError)
}

extension ABICodable {
    @inlinable public static var abiIsDynamic: Bool { false }
    @inlinable public static var abiHeadSize: Int { 32 }
    @inlinable public var abiTailSize: Int { 0 }
}

extension UInt256: ABICodable {
    public static var abiType: ABIType { .uint(bits: 256) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(self) }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) { self = try decoder.word() }
}

extension Int256: ABICodable {
    public static var abiType: ABIType { .int(bits: 256) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(bitPattern) }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) { self.init(bitPattern: try decoder.word()) }
}

extension Bool: ABICodable {
    public static var abiType: ABIType { .bool }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(small: self ? 1 : 0) }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        guard let value = try decoder.word().asUInt64, value <= 1 else { throw .dirtyPadding(position: position, type: "bool") }
        self = value == 1
    }
}

extension Address: ABICodable {
    public static var abiType: ABIType { .address }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(rightAligned: word) }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        self.init(FixedBytes<20>(unsafe: try decoder.rightAligned(count: 20, of: "address"), of: decoder))
    }
}

extension FixedBytes: ABICodable {
    public static var abiType: ABIType { .fixedBytes(count: count) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { encoder.write(leftAligned: self) }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        precondition(count >= 1 && count <= 32, "Solidity has bytes1 to bytes32 only")
        self.init(unsafe: try decoder.leftAligned(count: count), of: decoder)
    }

    /// The bytes at a position that the decoder has checked.
    @inlinable
    init(unsafe position: Int, of decoder: borrowing ABIDecoder) {
        self = decoder.withBytes(at: position, count: count) { source in
            FixedBytes(unsafeFilledBy: { $0.copyMemory(from: source) })
        }
    }
}

extension String: ABICodable {
    public static var abiType: ABIType { .string }
    @inlinable public static var abiIsDynamic: Bool { true }
    @inlinable public var abiTailSize: Int { ABIEncoder.tailSize(ofString: utf8.count) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) {
        let done: Void? = utf8.withContiguousStorageIfAvailable { encoder.append(string: UnsafeRawBufferPointer($0)) }
        if done == nil { Array(utf8).withUnsafeBytes { encoder.append(string: $0) } }
    }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let position = decoder.position
        let range = try decoder.string()
        let text = decoder.withBytes(at: range.lowerBound, count: range.count) { raw in
            raw.withMemoryRebound(to: UInt8.self) { String(validating: $0, as: UTF8.self) }
        }
        guard let text else { throw .invalidUTF8(position: position) }
        self = text
    }
}
