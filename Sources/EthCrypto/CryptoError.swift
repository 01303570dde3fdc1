/// Why a key or signature is refused. No case carries key material or any part of the offending text.
public enum CryptoError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A private key is written as 64 hexadecimal digits, with or without `0x`.
    case privateKeyLength(digits: Int)
    /// A character of a private key's text is not a hexadecimal digit.
    case privateKeyDigit
    /// A private key is a number from 1 to n − 1, as 32 bytes.
    case privateKeyOutOfRange
    /// The bytes are not a point of the curve.
    case invalidPublicKey
    /// `r` or `s` is zero or not below the order of the curve.
    case signatureOutOfRange
    /// A signature is 65 bytes: r, s and a recovery byte of 0, 1, 27 or 28.
    case malformedSignature
    /// No public key makes this signature of this digest.
    case unrecoverable

    public var description: String {
        switch self {
        case .privateKeyLength(let digits): "expected a private key of 64 hexadecimal digits, got \(digits)"
        case .privateKeyDigit: "the private key has a character that is not a hexadecimal digit"
        case .privateKeyOutOfRange: "the private key is zero or not below the order of secp256k1"
        case .invalidPublicKey: "the public key is not a point of secp256k1"
        case .signatureOutOfRange: "the signature's r or s is zero or not below the order of secp256k1"
        case .malformedSignature: "expected a signature of 65 bytes r, s, v with v 0, 1, 27 or 28"
        case .unrecoverable: "no public key could be recovered from the signature"
        }
    }
}
