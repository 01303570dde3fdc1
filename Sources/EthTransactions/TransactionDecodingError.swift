public import EthCodec
public import EthCrypto
public import EthPrimitives

/// Why bytes are not a signed transaction that we know.
public enum TransactionDecodingError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// The list or one of its fields is not in canonical form.
    case rlp(RLPError)
    /// A type of the protocol that this library does not decode yet: 1 (EIP-2930), 3 (EIP-4844) or 4 (EIP-7702).
    case notSupportedYet(type: UInt8)
    case unknownType(UInt8)
    /// Neither 27, 28 nor a v of EIP-155 with a chain id of 64 bits.
    case wrongV(UInt256)
    /// A typed transaction's parity is 0 or 1.
    case wrongYParity(UInt256)
    /// r or s is out of range.
    case signature(CryptoError)
    /// `s` is above n/2 (EIP-2).
    case highS
    /// A nonce is below 2⁶⁴ − 1 (EIP-2681).
    case nonceTooLarge

    public var description: String {
        switch self {
        case .empty: "expected a transaction, got no bytes"
        case .rlp(let error): "malformed transaction: \(error)"
        case .notSupportedYet(let type): "transactions of type \(type) are not supported yet"
        case .unknownType(let type): "unknown transaction type \(type)"
        case .wrongV(let v): "\(v) is not a v of a legacy signature"
        case .wrongYParity(let parity): "\(parity) is not a parity, expected 0 or 1"
        case .signature(let error): "\(error)"
        case .highS: "the signature's s is in the upper half of the order"
        case .nonceTooLarge: "the nonce is not below 2^64 - 1"
        }
    }
}
