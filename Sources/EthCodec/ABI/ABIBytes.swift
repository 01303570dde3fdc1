internal import EthPrimitives

/// A Solidity `bytes` value; it tells `bytes` from `uint8[]`, which is `[UInt8]`.
@frozen
public struct ABIBytes: Sendable, Hashable {
    public var bytes: [UInt8]

    @inlinable
    public init(_ bytes: [UInt8] = []) { self.bytes = bytes }
}

extension ABIBytes: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: UInt8...) { bytes = elements }
}

extension ABIBytes: CustomStringConvertible {
    /// Hexadecimal with prefix.
    public var description: String { Hex.encode(bytes) }
}

extension ABIBytes: ABICodable {
    public static var abiType: ABIType { .bytes }
    @inlinable public static var abiIsDynamic: Bool { true }
    @inlinable public var abiTailSize: Int { ABIEncoder.tailSize(ofString: bytes.count) }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) { bytes.withUnsafeBytes { encoder.append(string: $0) } }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let range = try decoder.string()
        bytes = decoder.withBytes(at: range.lowerBound, count: range.count) { Array($0) }
    }
}
