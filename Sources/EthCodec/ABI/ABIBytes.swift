import EthPrimitives

/// A Solidity `bytes` value; it tells `bytes` from `uint8[]`, which is `[UInt8]`.
public struct ABIBytes: Sendable, Hashable {
    public var bytes: [UInt8]

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
    public static var abiIsDynamic: Bool { true }
    public var abiTailSize: Int { ABIEncoder.tailSize(ofString: bytes.count) }
    public func encodeABI(into encoder: inout ABIEncoder) { bytes.withUnsafeBytes { encoder.append(string: $0) } }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) { bytes = Array(try decoder.string()) }
}
