public import EthCrypto
public import EthPrimitives

/// A signed transaction of any kind, as blocks hold it (EIP-2718).
public enum TransactionEnvelope: Hashable, Sendable {
    case legacy(Signed<LegacyTransaction>)
    case accessList(Signed<AccessListTransaction>)
    case feeMarket(Signed<FeeMarketTransaction>)
    case blob(Signed<BlobTransaction>)
    case setCode(Signed<SetCodeTransaction>)

    /// The bytes that `eth_sendRawTransaction` takes; of a blob transaction, the part without its blobs.
    public var encoded: [UInt8] {
        switch self {
        case .legacy(let signed): signed.encoded
        case .accessList(let signed): signed.encoded
        case .feeMarket(let signed): signed.encoded
        case .blob(let signed): signed.encoded
        case .setCode(let signed): signed.encoded
        }
    }

    /// The Keccak-256 hash of `encoded`.
    public var hash: TransactionHash {
        switch self {
        case .legacy(let signed): signed.hash
        case .accessList(let signed): signed.hash
        case .feeMarket(let signed): signed.hash
        case .blob(let signed): signed.hash
        case .setCode(let signed): signed.hash
        }
    }

    /// What was signed.
    public var unsigned: UnsignedTransaction {
        switch self {
        case .legacy(let signed): .legacy(signed.transaction)
        case .accessList(let signed): .accessList(signed.transaction)
        case .feeMarket(let signed): .feeMarket(signed.transaction)
        case .blob(let signed): .blob(signed.transaction)
        case .setCode(let signed): .setCode(signed.transaction)
        }
    }

    public var signature: Signature {
        switch self {
        case .legacy(let signed): signed.signature
        case .accessList(let signed): signed.signature
        case .feeMarket(let signed): signed.signature
        case .blob(let signed): signed.signature
        case .setCode(let signed): signed.signature
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
        case .accessList(let transaction): .accessList(transaction.signed(signature))
        case .feeMarket(let transaction): .feeMarket(transaction.signed(signature))
        case .blob(let transaction): .blob(transaction.signed(signature))
        case .setCode(let transaction): .setCode(transaction.signed(signature))
        }
    }

    /// Signs with an account's key, in this process.
    /// - Throws: what `PrivateKey.sign` throws.
    public func signed(by key: PrivateKey) throws(CryptoError) -> TransactionEnvelope { signed(try key.sign(signingHash)) }
}
