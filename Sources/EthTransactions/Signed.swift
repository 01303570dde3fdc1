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
        self.init(transaction, signature, encoded: transaction.encoded(with: signature))
    }

    /// For a decoder, which has the wire form already; that it is the only one of these fields is the decoder's duty.
    init(_ transaction: Transaction, _ signature: Signature, encoded: [UInt8]) {
        self.transaction = transaction
        self.signature = signature
        self.encoded = encoded
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

    /// Signs with an account's key, in this process.
    /// - Throws: what `PrivateKey.sign` throws.
    public func signed(by key: PrivateKey) throws(CryptoError) -> Signed<Self> { Signed(self, try key.sign(signingHash)) }
}
