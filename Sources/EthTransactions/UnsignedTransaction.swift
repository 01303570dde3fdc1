public import EthPrimitives

/// A transaction of any kind that a keeper sends, without a signature.
public enum UnsignedTransaction: Hashable, Sendable {
    case legacy(LegacyTransaction)
    case feeMarket(FeeMarketTransaction)

    /// The transaction, whatever its kind.
    public var transaction: any SignableTransaction {
        switch self {
        case .legacy(let transaction): transaction
        case .feeMarket(let transaction): transaction
        }
    }

    /// The chain that a signature is bound to; `nil` only for a legacy transaction without EIP-155.
    public var chainID: ChainID? {
        switch self {
        case .legacy(let transaction): transaction.chainID
        case .feeMarket(let transaction): transaction.chainID
        }
    }

    /// The digest that the sender signs.
    public var signingHash: B256 { transaction.signingHash }

    /// What the sender must own before a node takes the transaction: the gas limit at the highest price, and the value.
    /// `nil` if that exceeds 256 bits.
    public var reserve: Wei? {
        let price =
            switch self {
            case .legacy(let transaction): transaction.gasPrice
            case .feeMarket(let transaction): transaction.maxFeePerGas
            }
        let (fee, tooLarge) = price.rawValue.multipliedReportingOverflow(by: UInt256(transaction.gasLimit))
        let (sum, carry) = fee.addingReportingOverflow(transaction.value.rawValue)
        return tooLarge || carry ? nil : Wei(sum)
    }
}
