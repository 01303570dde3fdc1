public import EthPrimitives

/// A transaction of any kind, without a signature.
public enum UnsignedTransaction: Hashable, Sendable {
    case legacy(LegacyTransaction)
    case accessList(AccessListTransaction)
    case feeMarket(FeeMarketTransaction)
    case blob(BlobTransaction)
    case setCode(SetCodeTransaction)

    /// The transaction, whatever its kind.
    public var transaction: any SignableTransaction {
        switch self {
        case .legacy(let transaction): transaction
        case .accessList(let transaction): transaction
        case .feeMarket(let transaction): transaction
        case .blob(let transaction): transaction
        case .setCode(let transaction): transaction
        }
    }

    public var type: TransactionType {
        switch self {
        case .legacy: .legacy
        case .accessList: .accessList
        case .feeMarket: .feeMarket
        case .blob: .blob
        case .setCode: .setCode
        }
    }

    /// The chain that a signature is bound to; `nil` only for a legacy transaction without EIP-155.
    public var chainID: ChainID? { transaction.boundChainID }

    /// The bytes whose Keccak-256 hash is signed.
    public var signingPayload: [UInt8] {
        switch self {
        case .legacy(let transaction): transaction.signingPayload
        case .accessList(let transaction): transaction.signingPayload
        case .feeMarket(let transaction): transaction.signingPayload
        case .blob(let transaction): transaction.signingPayload
        case .setCode(let transaction): transaction.signingPayload
        }
    }

    /// The digest that the sender signs.
    public var signingHash: B256 { Keccak256.hash(signingPayload) }

    /// The two caps; a price without caps counts as both.
    public var fees: FeeCaps {
        switch self {
        case .legacy(let transaction):
            FeeCaps(maxFeePerGas: transaction.gasPrice, maxPriorityFeePerGas: transaction.gasPrice)
        case .accessList(let transaction):
            FeeCaps(maxFeePerGas: transaction.gasPrice, maxPriorityFeePerGas: transaction.gasPrice)
        case .feeMarket(let transaction): transaction.fees
        case .blob(let transaction):
            FeeCaps(maxFeePerGas: transaction.maxFeePerGas, maxPriorityFeePerGas: transaction.maxPriorityFeePerGas)
        case .setCode(let transaction):
            FeeCaps(maxFeePerGas: transaction.maxFeePerGas, maxPriorityFeePerGas: transaction.maxPriorityFeePerGas)
        }
    }

    /// What the transaction announces; empty for a legacy one.
    public var accessList: AccessList {
        switch self {
        case .legacy: []
        case .accessList(let transaction): transaction.accessList
        case .feeMarket(let transaction): transaction.accessList
        case .blob(let transaction): transaction.accessList
        case .setCode(let transaction): transaction.accessList
        }
    }

    /// The most that gas and blob gas can cost, without the value. `nil` if that exceeds 256 bits.
    public var maximumFee: Wei? {
        let (fee, tooLarge) = fees.maxFeePerGas.rawValue.multipliedReportingOverflow(by: UInt256(transaction.gasLimit))
        guard !tooLarge else { return nil }
        guard case .blob(let blob) = self else { return Wei(fee) }
        let (blobFee, blobTooLarge) = blob.maxFeePerBlobGas.rawValue.multipliedReportingOverflow(by: UInt256(blob.blobGas))
        let (sum, carry) = fee.addingReportingOverflow(blobFee)
        return blobTooLarge || carry ? nil : Wei(sum)
    }

    /// What the sender must own before a node takes the transaction: the fee at the highest price, and the value.
    /// `nil` if that exceeds 256 bits.
    public var reserve: Wei? {
        guard let maximumFee else { return nil }
        let (sum, carry) = maximumFee.rawValue.addingReportingOverflow(transaction.value.rawValue)
        return carry ? nil : Wei(sum)
    }
}
