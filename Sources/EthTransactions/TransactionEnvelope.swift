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

extension TransactionEnvelope: Codable {
    /// The wire form as hexadecimal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Hex.encode(encoded))
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(decoding: Hex.decode(container.decode(String.self)))
        } catch let error as HexError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        } catch let error as TransactionDecodingError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}

extension UnsignedTransaction {
    /// Attaches a signature, whoever made it.
    public func signed(_ signature: Signature) -> TransactionEnvelope {
        switch self {
        case .legacy(let transaction): .legacy(transaction.signed(signature))
        case .feeMarket(let transaction): .feeMarket(transaction.signed(signature))
        }
    }
}
