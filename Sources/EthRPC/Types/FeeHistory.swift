public import EthPrimitives

/// The answer of `eth_feeHistory`.
public struct FeeHistory: Sendable, Hashable, Codable {
    public var oldestBlock: UInt64
    /// Wei per gas, one more than blocks asked: the last is that of the next block.
    public var baseFeePerGas: [Wei]
    /// For each block the priority fees at the percentiles that were asked, ascending.
    public var reward: [[Wei]]

    public init(oldestBlock: UInt64, baseFeePerGas: [Wei], reward: [[Wei]]) {
        self.oldestBlock = oldestBlock
        self.baseFeePerGas = baseFeePerGas
        self.reward = reward
    }

    /// The base fee of the block after the newest.
    public var nextBaseFeePerGas: Wei { baseFeePerGas.last ?? .zero }

    /// The median over the blocks of one percentile's priority fee; `nil` without blocks or at a column that was not asked.
    public func medianReward(column: Int) -> Wei? {
        let fees = reward.compactMap { column < $0.count ? $0[column] : nil }.sorted()
        return fees.isEmpty ? nil : fees[fees.count / 2]
    }
}

extension FeeHistory: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var (oldestBlock, baseFeePerGas): (UInt64?, [Wei]?) = (nil, nil)
        var reward: FeeRows?
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 6 where name("reward"): try scanner.readUnlessNull(&reward)
            case 11 where name("oldestBlock"): try scanner.read(&oldestBlock)
            case 13 where name("baseFeePerGas"): try scanner.read(&baseFeePerGas)
            default: try scanner.skip()
            }
        }
        self.oldestBlock = try members.require(oldestBlock, "oldestBlock")
        self.baseFeePerGas = try members.require(baseFeePerGas, "baseFeePerGas")
        self.reward = reward?.rows ?? []
        guard !self.baseFeePerGas.isEmpty else {
            throw FieldFault(.expected("at least one base fee"), at: members.start)
        }
    }
}
