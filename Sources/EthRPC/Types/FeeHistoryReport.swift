public import EthCodec
public import EthPrimitives

/// All of the answer of `eth_feeHistory`, blobs and an answer about no blocks included; `FeeHistory` holds what keepers use of it.
public struct FeeHistoryReport: Sendable, Hashable {
    public var oldestBlock: UInt64
    /// Wei per gas, one more than blocks; `nil` in geth's answer about no blocks.
    public var baseFeePerGas: [Wei]?
    /// Used part of each block's gas limit, from 0 to 1; `nil` in geth's answer about no blocks.
    public var gasUsedRatio: [Double]?
    /// Wei per gas of blobs, one more than blocks.
    public var baseFeePerBlobGas: [Wei]?
    public var blobGasUsedRatio: [Double]?
    /// For each block the priority fees at the percentiles that were asked; `nil` where none were.
    public var reward: [[Wei]]?

    package init(
        oldestBlock: UInt64, baseFeePerGas: [Wei]? = nil, gasUsedRatio: [Double]? = nil, baseFeePerBlobGas: [Wei]? = nil,
        blobGasUsedRatio: [Double]? = nil, reward: [[Wei]]? = nil
    ) {
        self.oldestBlock = oldestBlock
        self.baseFeePerGas = baseFeePerGas
        self.gasUsedRatio = gasUsedRatio
        self.baseFeePerBlobGas = baseFeePerBlobGas
        self.blobGasUsedRatio = blobGasUsedRatio
        self.reward = reward
    }

    /// The members as nodes write them.
    public var json: JSON {
        func fees(_ fees: [Wei]) -> JSON { .array(fees.map { Quantity.encode($0.rawValue) }) }
        func ratios(_ ratios: [Double]) -> JSON { .array(ratios.map { .number(Ratio.text($0)) }) }
        return .object([
            "oldestBlock": Quantity.encode(oldestBlock), "baseFeePerGas": baseFeePerGas.map(fees),
            "gasUsedRatio": gasUsedRatio.map(ratios) ?? .null, "baseFeePerBlobGas": baseFeePerBlobGas.map(fees),
            "blobGasUsedRatio": blobGasUsedRatio.map(ratios), "reward": reward.map { .array($0.map(fees)) },
        ])
    }
}

extension FeeHistoryReport: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var oldestBlock: UInt64?
        var reward: FeeRows?
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 6 where name("reward"): try scanner.readUnlessNull(&reward)
            case 11 where name("oldestBlock"): try scanner.read(&oldestBlock)
            case 12 where name("gasUsedRatio"): try scanner.readUnlessNull(&gasUsedRatio)
            case 13 where name("baseFeePerGas"): try scanner.readUnlessNull(&baseFeePerGas)
            case 16 where name("blobGasUsedRatio"): try scanner.readUnlessNull(&blobGasUsedRatio)
            case 17 where name("baseFeePerBlobGas"): try scanner.readUnlessNull(&baseFeePerBlobGas)
            default: try scanner.skip()
            }
        }
        self.oldestBlock = try members.require(oldestBlock, "oldestBlock")
        self.reward = reward?.rows
    }
}
