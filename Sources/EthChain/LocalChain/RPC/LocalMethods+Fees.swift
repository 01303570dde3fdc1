import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions

/// What a node tells about fees.
extension LocalMethods {
    /// Blocks that geth's oracle looks at, and the percentile of what they paid that it suggests.
    private static let (oracleBlocks, oraclePercentile) = (20, 60)
    /// The cheapest transactions of each block that count for it.
    private static let oracleSamples = 3
    /// Suggested when the blocks say nothing.
    private static let usualTip = Wei.gwei(1)
    /// Blocks that `eth_feeHistory` tells of.
    private static let mostBlocks: UInt64 = 1_024

    private var tip: Wei {
        var tips: [Wei] = []
        for block in core.line.suffix(Self.oracleBlocks) {
            tips += block.transactions.map { $0.tip(block.baseFeePerGas) }.sorted().prefix(Self.oracleSamples)
        }
        tips.sort()
        return tips.isEmpty ? Self.usualTip : tips[(tips.count - 1) * Self.oraclePercentile / 100]
    }

    var suggestedTip: JSON { Quantity.encode(tip.rawValue) }
    var gasPrice: JSON { Quantity.encode((core.head.baseFeePerGas + tip).rawValue) }

    var blobBaseFee: JSON {
        Quantity.encode(core.rules.blobBaseFee(core.head.header.extensions.excessBlobGas ?? 0).rawValue)
    }

    func feeHistory(_ parameters: Parameters) throws(RPCError) -> JSON {
        // geth takes a plain number too.
        let plain = parameters.values[0].uint64
        let count = if let plain { plain } else { try parameters[0].uint64() }
        let percentiles = try percentiles(parameters.optional(2))
        guard count > 0 else { return FeeHistoryReport(oldestBlock: 0).json }
        let reference = try parameters.block(1)
        if case .number(let number) = reference, number > core.head.number {
            throw NodeAnswer.failure("request beyond head block: requested \(number), head \(core.head.number)")
        }
        guard let newest = core.block(reference), core.isOnLine(newest) else { throw NodeAnswer.failure("header not found") }
        let blocks = core.line[Int(newest.number + 1 - min(count, Self.mostBlocks, newest.number + 1))...Int(newest.number)]
        let next = Int(newest.number) + 1 < core.line.count ? core.line[Int(newest.number) + 1] : nil
        let blobs = core.rules.blobs
        let nextExcess = next?.header.extensions.excessBlobGas ?? core.rules.excessBlobGas(after: newest.header)
        return FeeHistoryReport(
            oldestBlock: newest.number + 1 - UInt64(blocks.count),
            baseFeePerGas: blocks.map(\.baseFeePerGas) + [next?.baseFeePerGas ?? core.expectedBaseFee],
            // Ratios are floating point in the specification (eth_feeHistory); nothing is reckoned with them.
            gasUsedRatio: blocks.map { Double($0.header.gasUsed) / Double($0.header.gasLimit) },
            baseFeePerBlobGas: blobs == nil
                ? nil
                : blocks.map { core.rules.blobBaseFee($0.header.extensions.excessBlobGas ?? 0) }
                    + [core.rules.blobBaseFee(nextExcess)],
            blobGasUsedRatio: blobs.map { schedule in
                let most = Double(max(1, schedule.max) * BlobTransaction.gasPerBlob)
                return blocks.map { Double($0.header.extensions.blobGasUsed ?? 0) / most }
            },
            reward: percentiles.isEmpty ? nil : blocks.map { rewards($0, percentiles) }
        ).json
    }

    /// Floating point as in the specification; they only choose which transaction's fee is reported.
    private func percentiles(_ json: JSON?) throws(RPCError) -> [Double] {
        var percentiles: [Double] = []
        for (index, element) in (json?.array ?? []).enumerated() {
            guard case .number(let digits) = element, let value = Double(digits) else {
                throw NodeAnswer.invalid(2, "json: cannot unmarshal non-number into Go value of type float64")
            }
            guard value >= 0, value <= 100 else {
                throw NodeAnswer.failure("invalid reward percentile: \(Self.sixPlaces(value))")
            }
            if let before = percentiles.last, value <= before {
                throw NodeAnswer.failure(
                    "invalid reward percentile: #\(index - 1):\(Self.sixPlaces(before)) >= #\(index):\(Self.sixPlaces(value))")
            }
            percentiles.append(value)
        }
        return percentiles
    }

    /// As Go prints a number with `%f`.
    private static func sixPlaces(_ value: Double) -> String {
        let millionths = (value * 1_000_000).rounded()
        guard millionths.magnitude < 1e18 else { return "\(value)" }
        let whole = Int64(millionths)
        let digits = "\(whole.magnitude % 1_000_000)"
        return (whole < 0 ? "-" : "") + "\(whole.magnitude / 1_000_000)." + String(repeating: "0", count: 6 - digits.utf8.count)
            + digits
    }

    /// The tips at the percentiles of a block's gas, as geth weighs them: its percentiles are floating point on the wire, and only choose
    /// which transaction's tip is told.
    private func rewards(_ block: LocalBlock, _ percentiles: [Double]) -> [Wei] {
        let paid = block.transactions.map { (tip: $0.tip(block.baseFeePerGas), gas: $0.gasUsed) }.sorted { $0.tip < $1.tip }
        guard let cheapest = paid.first else { return percentiles.map { _ in .zero } }
        var (index, gas) = (0, cheapest.gas)
        return percentiles.map { percentile in
            let threshold = Gas(Double(block.header.gasUsed) * percentile / 100)
            while gas < threshold, index < paid.count - 1 {
                index += 1
                gas += paid[index].gas
            }
            return paid[index].tip
        }
    }
}
