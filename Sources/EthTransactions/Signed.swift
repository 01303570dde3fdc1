public import EthCrypto
public import EthPrimitives

/// A transaction with its signature, its wire form and its hash, which always belong together.
public struct Signed<Transaction: SignableTransaction>: Hashable, Sendable {
    public let transaction: Transaction
    public let signature: Signature
    /// The bytes that `eth_sendRawTransaction` takes.
    public let encoded: [UInt8]
    /// The Keccak-256 hash of `encoded`.
    public let hash: TransactionHash

    public init(_ transaction: Transaction, _ signature: Signature) {
        self.transaction = transaction
        self.signature = signature
        encoded = transaction.encoded(with: signature)
        hash = Keccak256.hash(encoded)
    }

    /// The account that signed, recovered from the signature.
    /// - Throws: `CryptoError.unrecoverable` if no key makes this signature.
    public func sender() throws(CryptoError) -> Address { try signature.recoverAddress(transaction.signingHash) }

    public static func == (a: Self, b: Self) -> Bool { a.encoded == b.encoded }
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension SignableTransaction {
    /// Attaches a signature, whoever made it.
    public func signed(_ signature: Signature) -> Signed<Self> { Signed(self, signature) }
}
