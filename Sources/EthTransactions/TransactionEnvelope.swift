public import EthCrypto
public import EthPrimitives

/// A signed transaction of any kind, as it travels (EIP-2718).
public enum TransactionEnvelope: Hashable, Sendable {
    case legacy(Signed<LegacyTransaction>)
    case feeMarket(Signed<FeeMarketTransaction>)

    /// The bytes that `eth_sendRawTransaction` takes.
    public var encoded: [UInt8] {
        switch self {
        case .legacy(let signed): signed.encoded
        case .feeMarket(let signed): signed.encoded
        }
    }

    /// The Keccak-256 hash of `encoded`.
    public var hash: TransactionHash {
        switch self {
        case .legacy(let signed): signed.hash
        case .feeMarket(let signed): signed.hash
        }
    }

    /// What was signed.
    public var unsigned: UnsignedTransaction {
        switch self {
        case .legacy(let signed): .legacy(signed.transaction)
        case .feeMarket(let signed): .feeMarket(signed.transaction)
        }
    }

    public var signature: Signature {
        switch self {
        case .legacy(let signed): signed.signature
        case .feeMarket(let signed): signed.signature
        }
    }

    /// The account that signed, recovered from the signature.
    /// - Throws: `CryptoError.unrecoverable` if no key makes this signature.
    public func sender() throws(CryptoError) -> Address { try signature.recoverAddress(unsigned.signingHash) }
}
