public import EthPrimitives

/// A point of secp256k1, uncompressed.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// The coordinates x ‖ y, 32 big-endian bytes each, without the prefix byte 4.
    public let point: FixedBytes<64>

    init(unchecked point: FixedBytes<64>) { self.point = point }

    /// Takes the coordinates x ‖ y.
    /// - Throws: `CryptoError.invalidPublicKey` if they are not on the curve.
    public init(_ point: FixedBytes<64>) throws(CryptoError) {
        guard Secp256k1.isPublicKey(point) else { throw .invalidPublicKey }
        self.point = point
    }

    /// The last 20 bytes of the Keccak-256 hash of the coordinates (Yellow Paper, appendix F).
    public var address: Address { Address(lowBytesOf: point.withUnsafeBytes { Keccak256.hash($0) }) }

    /// The coordinates as hexadecimal.
    public var description: String { point.description }
}
