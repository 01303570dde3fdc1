internal import EthCodec
public import EthPrimitives

extension RPCQuery where Value == Wei {
    /// Wei per gas that the node would offer in a legacy transaction.
    public static var gasPrice: Self {
        Self(.plain("eth_gasPrice"), scanning: { (result) throws(FieldFault) in Wei(try result.quantity()) })
    }

    /// Wei per gas that the node would offer as priority fee; some nodes answer with a whole gas price.
    public static var maxPriorityFeePerGas: Self {
        Self(.plain("eth_maxPriorityFeePerGas"), scanning: { (result) throws(FieldFault) in Wei(try result.quantity()) })
    }

    /// Wei per gas that the next block burns; nodes that are not of late do not tell it.
    public static var baseFee: Self {
        Self(.plain("eth_baseFee"), scanning: { (result) throws(FieldFault) in Wei(try result.quantity()) })
    }

    /// Wei per gas of blobs in the next block.
    public static var blobBaseFee: Self {
        Self(.plain("eth_blobBaseFee"), scanning: { (result) throws(FieldFault) in Wei(try result.quantity()) })
    }
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
