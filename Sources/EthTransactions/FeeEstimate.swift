public import EthPrimitives

/// Fee caps for the next block, from facts of the last ones. Pure arithmetic; all amounts in wei per unit of gas.
///
///     tip            = max(floor, median of the rewards)
///     maxFeePerGas   = min(cap, 2 × base fee + tip)
///
/// A base fee rises by at most 1/8 a block (EIP-1559), so that twice the base fee stays enough for five full blocks in a row
/// (1.125⁵ ≈ 1.80, 1.125⁶ ≈ 2.03). What is above the price of the block is not paid.
public struct FeeEstimate: Hashable, Sendable, Codable {
    /// The base fee of the block that the estimate is for.
    public let baseFeePerGas: Wei
    public let caps: FeeCaps

    /// - Parameters:
    ///   - baseFeePerGas: of the next block, the last value of `eth_feeHistory`.
    ///   - rewards: one percentile's column of `eth_feeHistory`. Zeros are left out: an empty block reports zero and says nothing.
    ///   - priorityFloor: the least tip, whatever others pay.
    ///   - cap: the most for `maxFeePerGas`; it wins over the floor.
    public init(baseFeePerGas: Wei, rewards: [Wei], priorityFloor: Wei, cap: Wei) {
        let paid = rewards.filter { $0 > .zero }.sorted()
        let tip = max(priorityFloor, paid.isEmpty ? .zero : paid[(paid.count - 1) / 2])
        let (doubled, over) = baseFeePerGas.rawValue.multipliedReportingOverflow(by: 2)
        let (sum, carry) = doubled.addingReportingOverflow(tip.rawValue)
        let maxFee = over || carry ? cap : min(cap, Wei(sum))
        self.baseFeePerGas = baseFeePerGas
        caps = FeeCaps(maxFeePerGas: maxFee, maxPriorityFeePerGas: min(tip, maxFee))
    }

    /// Whether the next block may include a transaction with these caps. `false` means that the configured cap is below the base fee.
    public var isIncludable: Bool { baseFeePerGas <= caps.maxFeePerGas }
}
