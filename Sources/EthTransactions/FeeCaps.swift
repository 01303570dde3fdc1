public import EthPrimitives

/// The two caps of EIP-1559, in wei per unit of gas.
public struct FeeCaps: Hashable, Sendable, Codable {
    /// The most that the sender pays in all.
    public var maxFeePerGas: Wei
    /// The most that goes to the block's producer.
    public var maxPriorityFeePerGas: Wei

    public init(maxFeePerGas: Wei, maxPriorityFeePerGas: Wei) {
        self.maxFeePerGas = maxFeePerGas
        self.maxPriorityFeePerGas = maxPriorityFeePerGas
    }

    /// What a unit of gas costs in a block: `min(maxFeePerGas, baseFeePerGas + maxPriorityFeePerGas)` (EIP-1559);
    /// `nil` if the block cannot include the transaction, because its base fee exceeds the cap.
    public func effectiveGasPrice(baseFeePerGas: Wei) -> Wei? {
        guard baseFeePerGas <= maxFeePerGas else { return nil }
        return baseFeePerGas + min(maxPriorityFeePerGas, maxFeePerGas - baseFeePerGas)
    }
}
