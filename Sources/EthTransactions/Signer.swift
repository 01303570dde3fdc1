public import EthCrypto
public import EthPrimitives

/// What a signer is asked to sign. A request carries the whole transaction, so that a signer in another process can apply a policy.
public struct SigningRequest: Hashable, Sendable {
    public var transaction: UnsignedTransaction
    /// The account's nonces for which something was signed that is not final yet, as the caller knows them: a policy may let them,
    /// and those below, be taken back.
    public var boundNonces: [Nonce]

    public init(_ transaction: UnsignedTransaction, boundNonces: [Nonce] = []) {
        self.transaction = transaction
        self.boundNonces = boundNonces
    }

    /// The digest to sign.
    public var digest: B256 { transaction.signingHash }
}

/// The holder of one account's key: in this process, in another, or in hardware.
public protocol Signer: Sendable {
    /// The account whose signatures it makes.
    var address: Address { get }
    /// Signs `request.digest`, or throws if it cannot or will not.
    func sign(_ request: SigningRequest) async throws -> Signature
}

/// Why a signer's answer is refused.
public enum SignerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The signature is another account's: sent, it would spend that account's nonce and money, or be refused.
    case wrongAccount(expected: Address, signedBy: Address)
    /// Nodes refuse `s` above n/2 (EIP-2).
    case highS

    public var description: String {
        switch self {
        case .wrongAccount(let expected, let signer): "the signer of \(expected) answered with a signature of \(signer)"
        case .highS: "the signer answered with s in the upper half of the order"
        }
    }
}

extension Signer {
    /// Signs a transaction and checks that the signature is the account's before anybody sends it.
    /// - Throws: what `sign` throws, `SignerError`, `CryptoError.unrecoverable`.
    public func signed(_ transaction: UnsignedTransaction) async throws -> TransactionEnvelope {
        try await signed(SigningRequest(transaction))
    }

    /// The same for a request that says more than the transaction.
    /// - Throws: as above.
    public func signed(_ request: SigningRequest) async throws -> TransactionEnvelope {
        let signature = try await sign(request)
        guard signature.isLowS else { throw SignerError.highS }
        let account = try signature.recoverAddress(request.digest)
        guard account == address else { throw SignerError.wrongAccount(expected: address, signedBy: account) }
        return request.transaction.signed(signature)
    }
}
