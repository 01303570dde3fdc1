internal import EthCrypto
internal import EthPrimitives
internal import EthTransactions

/// What a remote signer answered to a transaction.
struct SignedAnswer {
    let raw: [UInt8]
    /// What it was asked to sign.
    let transaction: UnsignedTransaction

    /// The signature, if the bytes are the transaction with a signature of the account, in the only form that nodes take.
    /// - Throws: `RemoteSignerError` for the first thing that is not as it should be.
    func signature(of account: Address) throws(RemoteSignerError) -> Signature {
        let envelope: TransactionEnvelope
        do throws(TransactionDecodingError) { envelope = try TransactionEnvelope(decoding: raw) } catch {
            throw .notATransaction(error)
        }
        try compare(envelope.unsigned)
        let signature = envelope.signature
        // The decoder takes one encoding only, so that this is a second lock to the same door.
        guard transaction.signed(signature).encoded == raw else {
            throw .altered(field: "encoding", expected: "the transaction that was asked for", got: "another one")
        }
        guard signature.isLowS else { throw .highS }
        let signer: Address
        do throws(CryptoError) { signer = try signature.recoverAddress(transaction.signingHash) } catch {
            throw .unrecoverable(error)
        }
        guard signer == account else { throw .wrongAccount(expected: account, signedBy: signer) }
        return signature
    }

    /// - Throws: `RemoteSignerError.altered` for the first field that is not what was asked for.
    private func compare(_ answered: UnsignedTransaction) throws(RemoteSignerError) {
        let (asked, got) = (transaction.transaction, answered.transaction)
        let (fees, gotFees) = (transaction.fees, answered.fees)
        try Self.compare("type", transaction.type.rawValue, answered.type.rawValue)
        try Self.compare("chainId", transaction.chainID, answered.chainID) { $0.map { "\($0)" } ?? "none" }
        try Self.compare("nonce", asked.nonce, got.nonce)
        try Self.compare("maxFeePerGas", fees.maxFeePerGas, gotFees.maxFeePerGas)
        try Self.compare("maxPriorityFeePerGas", fees.maxPriorityFeePerGas, gotFees.maxPriorityFeePerGas)
        try Self.compare("gas", asked.gasLimit, got.gasLimit)
        try Self.compare("to", asked.recipient, got.recipient) { $0.map { "\($0)" } ?? "none" }
        try Self.compare("value", asked.value, got.value)
        try Self.compare("data", asked.data, got.data) { "\($0.count) bytes with hash \(Keccak256.hash($0))" }
        try Self.compare("accessList", transaction.accessList, answered.accessList) { "\($0.entries.count) entries" }
    }

    private static func compare<T: Equatable>(
        _ field: String, _ asked: T, _ got: T, _ text: (T) -> String = { "\($0)" }
    ) throws(RemoteSignerError) {
        guard asked == got else { throw .altered(field: field, expected: text(asked), got: text(got)) }
    }
}
