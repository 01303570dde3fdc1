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

    public init(_ reader: FieldReader) throws(RPCError) {
        oldestBlock = try reader.member("oldestBlock").uint64()
        baseFeePerGas = []
        for fee in try reader.member("baseFeePerGas").elements() { baseFeePerGas.append(try fee.wei()) }
        reward = []
        for block in try reader.optional("reward")?.elements() ?? [] {
            var row: [Wei] = []
            for fee in try block.elements() { row.append(try fee.wei()) }
            reward.append(row)
        }
        guard !baseFeePerGas.isEmpty else { throw reader.expected("at least one base fee") }
    }

    /// The base fee of the block after the newest.
    public var nextBaseFeePerGas: Wei { baseFeePerGas.last ?? .zero }

    /// The median over the blocks of one percentile's priority fee; `nil` without blocks or at a column that was not asked.
    public func medianReward(column: Int) -> Wei? {
        let fees = reward.compactMap { column < $0.count ? $0[column] : nil }.sorted()
        return fees.isEmpty ? nil : fees[fees.count / 2]
    }
}
