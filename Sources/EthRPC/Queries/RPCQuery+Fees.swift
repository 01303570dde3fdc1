internal import EthCodec
public import EthPrimitives

extension RPCQuery where Value == Wei {
    /// Wei per gas that the node would offer in a legacy transaction.
    public static var gasPrice: Self { Self("eth_gasPrice") { (result) throws(RPCError) in try result.wei() } }

    /// Wei per gas that the node would offer as priority fee; some nodes answer with a whole gas price.
    public static var maxPriorityFeePerGas: Self {
        Self("eth_maxPriorityFeePerGas") { (result) throws(RPCError) in try result.wei() }
    }

    /// Wei per gas that the next block burns; nodes that are not of late do not tell it.
    public static var baseFee: Self { Self("eth_baseFee") { (result) throws(RPCError) in try result.wei() } }

    /// Wei per gas of blobs in the next block.
    public static var blobBaseFee: Self { Self("eth_blobBaseFee") { (result) throws(RPCError) in try result.wei() } }
}

extension RPCQuery where Value == FeeHistory {
    /// Base fees and priority fee percentiles of the `count` blocks up to `newest`.
    /// - Parameter percentiles: from 0 to 100, ascending.
    public static func feeHistory(count: UInt64, newest: BlockReference, percentiles: [Int]) -> Self {
        Self("eth_feeHistory", [Quantity.encode(count), newest.json, .array(percentiles.map { .integer($0) })])
    }
}

extension RPCQuery where Value == FeeHistoryReport {
    /// The same with all that the node reports, blobs included.
    /// - Parameter percentiles: from 0 to 100, ascending, also between whole numbers.
    public static func feeHistoryReport(count: UInt64, newest: BlockReference, percentiles: [Double]) -> Self {
        Self("eth_feeHistory", [Quantity.encode(count), newest.json, .array(percentiles.map { .number(Ratio.text($0)) })])
    }
}
