public import EthPrimitives

extension Provider {
    /// Base fees and priority fee percentiles of the `count` blocks up to `newest`.
    /// - Parameter percentiles: from 0 to 100, ascending.
    public func feeHistory(count: UInt64, newest: BlockReference, percentiles: [Int]) async throws -> FeeHistory {
        try await value(.feeHistory(count: count, newest: newest, percentiles: percentiles))
    }

    /// Wei per gas that the node would offer as priority fee; some nodes answer with a whole gas price.
    public func maxPriorityFeePerGas() async throws -> Wei { try await value(.maxPriorityFeePerGas) }
}
