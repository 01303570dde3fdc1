public import EthPrimitives
import EthTransactions

/// How much to offer, as pure arithmetic over `FeeMarket`. All amounts in wei per unit of gas.
///
///     tip            = max(floor, reward50 + (reward80 − reward50) × urgency)
///     maxFeePerGas   = next base fee × (9/8)^k + tip
///     gas price      = max(floor, reward50 + (reward80 − reward50) × urgency)        on chains without a base fee
///
/// A base fee rises by at most 1/8 a block (EIP-1559): after k full blocks the offer still pays its whole tip. What lies above the
/// price of the block is not paid.
public struct FeeStrategy: Codable, Sendable, Hashable {
    /// The least priority fee, whatever others pay.
    public var tipFloor: Wei
    /// k: full blocks in a row for which the offer shall last.
    public var blocksAhead: Int
    /// Transactions of the original form with one price, for chains without a base fee.
    public var isLegacy: Bool

    /// - Parameter tipFloor: 0.01 gwei by default, below which proposers' default settings ignore a transaction.
    public init(tipFloor: Wei = Wei(10_000_000), blocksAhead: Int = 6, isLegacy: Bool = false) {
        self.tipFloor = tipFloor
        self.blocksAhead = min(max(blocksAhead, 0), 64)
        self.isLegacy = isLegacy
    }

    /// What to offer now.
    ///
    /// Where the market asks for more than 64/81 of the cap, less than k blocks ahead are covered, so that two replacements of
    /// 12.5 % fit under the cap; but never less than the next block and one more need, as long as the cap admits that.
    /// - Parameter cap: the most for `maxFeePerGas`.
    public func offer(_ market: FeeMarket, urgency: Urgency, cap: Wei) -> FeeOffer {
        let asked = tip(market, urgency)
        let tip = max(asked, tipFloor)
        guard !isLegacy, let base = market.nextBaseFeePerGas else {
            let price = min(tip, cap)
            return FeeOffer(
                caps: FeeCaps(maxFeePerGas: price, maxPriorityFeePerGas: price), isFloorBinding: tipFloor > asked,
                isCapBinding: tip > cap, isIncludable: true)
        }
        let wished = grown(base, blocks: blocksAhead) + tip
        let room = Wei(cap.rawValue / 81 * 64)
        let least = min(cap, grown(base, blocks: 1) + tip)
        let maxFee = wished <= room ? wished : max(min(wished, room), least)
        return FeeOffer(
            caps: FeeCaps(maxFeePerGas: maxFee, maxPriorityFeePerGas: min(tip, maxFee)), isFloorBinding: tipFloor > asked,
            isCapBinding: wished > cap, isIncludable: base <= maxFee)
    }

    private func tip(_ market: FeeMarket, _ urgency: Urgency) -> Wei {
        let (low, high) = (market.reward50.rawValue, max(market.reward50, market.reward80).rawValue)
        let (scaled, overflow) = (high - low).multipliedReportingOverflow(by: UInt256(urgency.thousandths))
        return Wei(low) + Wei(overflow ? (high - low) / 1000 * UInt256(urgency.thousandths) : scaled / 1000)
    }

    /// A base fee after full blocks, each step rounded up; saturates like `Wei`.
    private func grown(_ base: Wei, blocks: Int) -> Wei {
        var fee = base
        for _ in 0..<blocks { fee += Wei(fee.rawValue / 8 + 1) }
        return fee
    }
}
