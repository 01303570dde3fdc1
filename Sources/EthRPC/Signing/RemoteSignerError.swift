public import EthCrypto
public import EthPrimitives
public import EthTransactions

/// Why a remote signer's answer is not used: it may be lying, or set up for another chain or account.
public enum RemoteSignerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is not asked for this kind of transaction.
    case unsupported(TransactionType)
    case notATransaction(TransactionDecodingError)
    /// A field is not what was asked for. Values are numbers, addresses and hashes, never text of the signer.
    case altered(field: String, expected: String, got: String)
    /// Nodes refuse `s` above n/2 (EIP-2).
    case highS
    /// No account made the signature.
    case unrecoverable(CryptoError)
    case wrongAccount(expected: Address, signedBy: Address)

    public var description: String {
        switch self {
        case .unsupported(let type): "remote signers are asked for transactions of type 0 and 2, got \(type.rawValue)"
        case .notATransaction(let error): "the remote signer's answer is no signed transaction: \(error)"
        case .altered(let field, let expected, let got):
            "the remote signer signed another transaction: \(field): expected \(expected), got \(got)"
        case .highS: "the remote signer answered with s in the upper half of the order"
        case .unrecoverable(let error): "the remote signer's signature is no account's: \(error)"
        case .wrongAccount(let expected, let signer):
            "the remote signer of \(expected) answered with a signature of \(signer)"
        }
    }
}
