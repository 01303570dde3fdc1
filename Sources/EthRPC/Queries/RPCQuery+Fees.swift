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
        let plain = Self("eth_feeHistory", [Quantity.encode(count), newest.json, .array(percentiles.map { .integer($0) })])
        return Self(plain.template) { (bytes) throws(RPCError) in
            let history = try plain.decode(bytes)
            try history.check(count: count, newest: newest, columns: percentiles.count)
            return history
        }
    }
}

extension FeeHistory {
    /// Whether the answer is one to this question: a node may know fewer blocks than were asked, never more or others.
    fileprivate func check(count: UInt64, newest: BlockReference, columns: Int) throws(RPCError) {
        func refuse(_ text: String) -> RPCError { RPCError(.malformedResult, "result\(text)") }
        let blocks = UInt64(baseFeePerGas.count - 1)
        guard blocks <= count else {
            throw refuse(".baseFeePerGas: expected at most \(count + 1) fees for \(count) blocks, got \(blocks + 1)")
        }
        if case .number(let number) = newest, blocks > 0 {
            let (next, isBeyond) = oldestBlock.addingReportingOverflow(blocks)
            guard !isBeyond, next == number + 1 else {
                throw refuse(".oldestBlock: expected \(blocks) blocks up to \(number), got them from \(oldestBlock) on")
            }
        }
        guard reward.isEmpty || reward.count == Int(blocks) else {
            throw refuse(".reward: expected a row for each of \(blocks) blocks, got \(reward.count)")
        }
        guard let odd = reward.firstIndex(where: { $0.count != columns }) else { return }
        throw refuse(".reward[\(odd)]: expected \(columns) fees, got \(reward[odd].count)")
    }
}

extension RPCQuery where Value == FeeHistoryReport {
    /// The same with all that the node reports, blobs included.
    /// - Parameter percentiles: from 0 to 100, ascending, also between whole numbers.
    public static func feeHistoryReport(count: UInt64, newest: BlockReference, percentiles: [Double]) -> Self {
        Self("eth_feeHistory", [Quantity.encode(count), newest.json, .array(percentiles.map { .number(Ratio.text($0)) })])
    }
}
