public import EthPrimitives

/// A recoverable ECDSA signature over secp256k1, with r and s in range.
public struct Signature: Hashable, Sendable {
    public let r: UInt256
    public let s: UInt256
    /// Whether the y coordinate of the nonce's point is odd: the recovery id.
    public let yParity: Bool

    /// - Throws: `CryptoError.signatureOutOfRange` unless 0 < r < n and 0 < s < n.
    public init(r: UInt256, s: UInt256, yParity: Bool) throws(CryptoError) {
        guard r != .zero, s != .zero, r < Secp256k1.order, s < Secp256k1.order else { throw .signatureOutOfRange }
        self.r = r
        self.s = s
        self.yParity = yParity
    }

    /// Takes the 65 bytes r ‖ s ‖ v, with v 27 or 28, or 0 or 1 as some wallets write it.
    /// - Throws: `CryptoError.malformedSignature` or `.signatureOutOfRange`.
    public init(_ bytes: some Collection<UInt8>) throws(CryptoError) {
        let bytes = Array(bytes)
        guard bytes.count == 65, let r = UInt256(bigEndianBytes: bytes[..<32]), let s = UInt256(bigEndianBytes: bytes[32..<64])
        else {
            throw .malformedSignature
        }
        switch bytes[64] {
        case 0, 27: try self.init(r: r, s: s, yParity: false)
        case 1, 28: try self.init(r: r, s: s, yParity: true)
        default: throw .malformedSignature
        }
    }

    /// The 65 bytes r ‖ s ‖ v with v 27 or 28, as contracts and `personal_sign` use them.
    public var bytes: [UInt8] { r.bigEndianBytes.bytes + s.bigEndianBytes.bytes + [v] }

    /// The recovery byte of contracts and messages: 27 or 28.
    public var v: UInt8 { yParity ? 28 : 27 }

    /// Whether `s` is at most n/2, which transactions must have (EIP-2).
    public var isLowS: Bool { s <= Secp256k1.halfOrder }

    /// The public key that signed `digest`.
    /// - Throws: `CryptoError.unrecoverable` if there is none.
    public func recoverPublicKey(_ digest: B256) throws(CryptoError) -> PublicKey {
        guard let point = Secp256k1.recover(digest, r: r, s: s, yParity: yParity) else { throw .unrecoverable }
        return PublicKey(unchecked: point)
    }

    /// The account that signed `digest`: what `ecrecover` answers.
    /// - Throws: `CryptoError.unrecoverable` if there is none.
    public func recoverAddress(_ digest: B256) throws(CryptoError) -> Address { try recoverPublicKey(digest).address }
}

extension Signature: CustomStringConvertible, Codable {
    /// `bytes` as hexadecimal.
    public var description: String { Hex.encode(bytes) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(Hex.decode(container.decode(String.self)))
        } catch let error as HexError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        } catch let error as CryptoError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}

extension PublicKey {
    /// Whether the signature of `digest` is this key's.
    /// - Parameter allowingHighS: takes `s` above n/2 too, as the `ecrecover` precompile does; transactions may not (EIP-2).
    public func verifies(_ signature: Signature, of digest: B256, allowingHighS: Bool = false) -> Bool {
        guard allowingHighS || signature.isLowS else { return false }
        return Secp256k1.verify(digest, r: signature.r, s: signature.s, by: point)
    }
}
