public import EthCodec
public import EthCrypto
public import EthPrimitives

/// Why bytes are not a signed transaction that we know.
public enum TransactionDecodingError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// The list or one of its fields is not in canonical form.
    case rlp(RLPError)
    case unknownType(UInt8)
    /// Neither 27, 28 nor a v of EIP-155 with a chain id of 64 bits.
    case wrongV(UInt256)
    /// A typed transaction's parity is 0 or 1.
    case wrongYParity(UInt256)
    /// r or s is out of range.
    case signature(CryptoError)
    /// The form in which nodes pass blobs on: `PooledBlobTransaction` reads it.
    case carriesBlobs
    /// The blobs, commitments and proofs beside a transaction do not fit each other.
    case wrongSidecar(String)

    public var description: String {
        switch self {
        case .empty: "expected a transaction, got no bytes"
        case .rlp(let error): "malformed transaction: \(error)"
        case .unknownType(let type): "unknown transaction type \(type)"
        case .wrongV(let v): "\(v) is not a v of a legacy signature"
        case .wrongYParity(let parity): "\(parity) is not a parity, expected 0 or 1"
        case .signature(let error): "\(error)"
        case .carriesBlobs: "expected a transaction as blocks hold it, got one with its blobs"
        case .wrongSidecar(let what): "malformed blob sidecar: \(what)"
        }
    }
}
