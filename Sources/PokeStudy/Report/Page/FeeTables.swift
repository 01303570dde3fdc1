import OraclePokes
import EthPrimitives
import KeeperCore

/// Where the base fees that pokes paid lay between the lowest and the highest of their slots, and the means.
struct FeeTables {
    let strategies: [StrategyResult]

    private static let places = [
        "in the cheapest fifth of the slot's range", "second fifth", "third", "fourth", "in the dearest fifth",
    ]

    var html: String {
        let counts = strategies.map { strategy in
            var counts = [Int](repeating: 0, count: Self.places.count)
            for slot in strategy.slots { for poke in slot.pokes { counts[Self.fifth(poke.baseFee, slot)] += 1 } }
            return counts
        }
        let rows = Self.places.enumerated().map { index, title in
            "<tr><th scope=row>\(title)"
                + counts.enumerated().map { HTML.bar($1[index], of: $1.reduce(0, +), strategyStyle($0)) }.joined()
        }.joined()
        let means = strategies.map(Self.means)
        let names = ["mean of their slots' lowest", "first", "highest", "paid"]
        let foot = names.enumerated().map { index, name in
            "<tr><th scope=row>\(name), gwei" + HTML.numbers(means.map { $0[index] })
        }.joined()
        return HTML.table(
            "Base fees paid",
            [HTML.words("pokes that paid a base fee")] + strategies.map { "<th class=n scope=col>" + HTML.text($0.name) },
            rows, foot: foot)
    }

    /// 0 to 4, from the lowest to the highest; where all fees are the same, 0.
    private static func fifth(_ fee: Wei, _ slot: SlotResult) -> Int {
        let (low, high) = (slot.baseFees.lowest, slot.baseFees.highest)
        guard fee > low, high > low else { return 0 }
        let (product, overflow) = (fee - low).signed.multipliedReportingOverflow(by: 5)
        return overflow ? 4 : Int(min(4, product / max(1, (high - low).signed)))
    }

    /// Means weighted by gas, with three places of a gwei: lowest, first and highest of the slots with a poke, and what was paid.
    private static func means(_ strategy: StrategyResult) -> [String] {
        var gas: Int128 = 0
        var sums: [Int128] = [0, 0, 0, 0]
        for slot in strategy.slots {
            for poke in slot.pokes {
                let used = Int128(clamping: poke.gasUsed)
                gas += used
                let fees = [slot.baseFees.lowest, slot.baseFees.first, slot.baseFees.highest, poke.baseFee]
                for (index, fee) in fees.enumerated() {
                    let (product, overflow) = fee.signed.multipliedReportingOverflow(by: used)
                    let (sum, isTooLarge) = sums[index].addingReportingOverflow(product)
                    sums[index] = overflow || isTooLarge ? .max : sum
                }
            }
        }
        return sums.map { gas > 0 ? Wei(UInt256(($0 / gas).magnitude)).fixed(9, places: 3) : "–" }
    }
}
