public import EthPrimitives
public import EthRPC

/// What blocks of late cost and what the next one will, read once a head from `eth_feeHistory` with the percentiles 50, 80 and 90.
/// All amounts in wei per unit of gas.
public struct FeeMarket: Sendable, Hashable {
    /// The percentiles to ask for, in this order.
    public static let percentiles = [50, 80, 90]
    /// How many blocks to ask for: two minutes of mainnet.
    public static let depth: UInt64 = 10

    /// One block of late.
    public struct Row: Sendable, Hashable {
        public var number: UInt64
        /// Zero on chains without one.
        public var baseFeePerGas: Wei
        /// The priority fee that 90 % of the block's gas did not exceed; zero in an empty block.
        public var reward90: Wei

        public init(number: UInt64, baseFeePerGas: Wei, reward90: Wei) {
            self.number = number
            self.baseFeePerGas = baseFeePerGas
            self.reward90 = reward90
        }

        /// Whether these caps offered more than nine tenths of the block paid, so that their price did not keep them out.
        func isBeaten(by maxFeePerGas: Wei, _ maxPriorityFeePerGas: Wei) -> Bool {
            maxPriorityFeePerGas > reward90 && maxFeePerGas >= baseFeePerGas + reward90
        }
    }

    /// The base fee of the next block; `nil` on chains without one, where rewards are whole gas prices.
    public var nextBaseFeePerGas: Wei?
    /// Medians over the blocks that had transactions of their 50th and 80th percentile; zero when all were empty.
    public var reward50: Wei
    public var reward80: Wei
    /// Oldest first.
    public var rows: [Row]

    public init(nextBaseFeePerGas: Wei?, reward50: Wei, reward80: Wei, rows: [Row]) {
        self.nextBaseFeePerGas = nextBaseFeePerGas
        self.reward50 = reward50
        self.reward80 = reward80
        self.rows = rows
    }

    /// - Parameters:
    ///   - history: with the columns of `percentiles`; one that is missing counts as zero.
    ///   - isLegacy: the chain has no base fee (nodes then report zeros).
    public init(_ history: FeeHistory, isLegacy: Bool = false) {
        nextBaseFeePerGas = isLegacy ? nil : history.nextBaseFeePerGas
        reward50 = Self.median(history.reward, 0)
        reward80 = Self.median(history.reward, 1)
        rows = history.reward.enumerated().map { index, rewards in
            Row(
                number: history.oldestBlock + UInt64(index),
                baseFeePerGas: index < history.baseFeePerGas.count ? history.baseFeePerGas[index] : .zero,
                reward90: rewards.count > 2 ? rewards[2] : .zero)
        }
    }

    /// The median of a column without its zeros, which empty blocks report.
    private static func median(_ rewards: [[Wei]], _ column: Int) -> Wei {
        let paid = rewards.compactMap { column < $0.count && $0[column] > .zero ? $0[column] : nil }.sorted()
        return paid.isEmpty ? .zero : paid[(paid.count - 1) / 2]
    }
}
