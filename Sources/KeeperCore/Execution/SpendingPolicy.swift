public import KeeperTransactions
public import EthPrimitives
import EthTransactions

/// Hard caps on what a keeper may spend; a transaction above one of them is refused, not trimmed.
public struct SpendingPolicy: Codable, Sendable, Hashable {
    /// Wei per gas.
    public var maxFeePerGas: Wei
    public var maxGasLimit: Gas
    /// Gas limit × fee cap of one transaction.
    public var maxSpendPerTransaction: Wei
    /// Over the 24 hours of block time before, actual costs and reserves of what is in flight.
    public var maxSpendPerDay: Wei
    /// Blocks without inclusion before a replacement is signed.
    public var bumpAfterBlocks: UInt64
    /// Blocks on top before an outcome is final.
    public var confirmations: UInt64

    public init(
        maxFeePerGas: Wei, maxGasLimit: Gas, maxSpendPerTransaction: Wei, maxSpendPerDay: Wei, bumpAfterBlocks: UInt64,
        confirmations: UInt64
    ) {
        self.maxFeePerGas = maxFeePerGas
        self.maxGasLimit = maxGasLimit
        self.maxSpendPerTransaction = maxSpendPerTransaction
        self.maxSpendPerDay = maxSpendPerDay
        self.bumpAfterBlocks = bumpAfterBlocks
        self.confirmations = confirmations
    }

    /// Why an intent may not be sent; `nil` if it may.
    /// - Parameter spentToday: wei of the last 24 hours.
    public func refusal(of intent: TransactionIntent, spentToday: Wei) -> String? {
        if intent.fees.maxFeePerGas > maxFeePerGas {
            return "maxFeePerGas \(intent.fees.maxFeePerGas) is above the cap of \(maxFeePerGas)"
        }
        if intent.gasLimit > maxGasLimit { return "the gas limit \(intent.gasLimit) is above the cap of \(maxGasLimit)" }
        if intent.reserved > maxSpendPerTransaction {
            return "the reserve of \(intent.reserved) is above maxSpendPerTransaction \(maxSpendPerTransaction)"
        }
        if spentToday + intent.reserved > maxSpendPerDay {
            return
                "the day's spending of \(spentToday) and a reserve of \(intent.reserved) are above maxSpendPerDay \(maxSpendPerDay)"
        }
        return nil
    }
}
