internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// One kind of transaction, without a signature: what gets signed and how the signed form is written.
public protocol SignableTransaction: Hashable, Sendable {
    static var type: TransactionType { get }
    /// The chain that a signature is bound to; `nil` only for a legacy transaction without EIP-155.
    var boundChainID: ChainID? { get }
    /// The sender's count of earlier transactions.
    var nonce: Nonce { get }
    /// The receiver; `nil` creates a contract, which kinds 3 and 4 cannot.
    var recipient: Address? { get }
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

    /// The type byte, unless the kind has none, and the list of what `fields` appends.
    static func wireForm(_ fields: (inout RLPEncoder) -> Void) -> [UInt8] {
        RLPEncoder.encodeList(prefix: type == .legacy ? nil : type.rawValue, fields)
    }
}

extension RLPEncoder {
    /// The last three fields of a typed transaction: parity, r, s.
    mutating func append(_ signature: Signature) {
        append(signature.yParity ? 1 : 0 as UInt64)
        append(signature.r)
        append(signature.s)
    }
}
