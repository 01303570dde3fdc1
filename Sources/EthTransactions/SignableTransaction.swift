public import EthCrypto
public import EthPrimitives

/// One kind of transaction, without a signature: what gets signed and how the signed form is written.
public protocol SignableTransaction: Hashable, Sendable {
    /// The sender's count of earlier transactions.
    var nonce: Nonce { get }
    /// The receiver; `nil` creates a contract.
    var to: Address? { get }
    var value: Wei { get }
    var data: [UInt8] { get }
    var gasLimit: Gas { get }

    /// The bytes whose Keccak-256 hash is signed.
    var signingPayload: [UInt8] { get }
    /// The wire form with this signature.
    func encoded(with signature: Signature) -> [UInt8]
}

extension SignableTransaction {
    /// The digest that the sender signs.
    public var signingHash: B256 { Keccak256.hash(signingPayload) }
}
