public import EthPrimitives
import OraclePokes
public import PokeStudy
import TestSupport

/// A made-up study: its causes add up, and all else is as varied as in a real one.
public struct StudySample: Sendable {
    /// Names that would be markup if they were not escaped.
    public static let names = ["hourly-megapoker", "cheapest", "opt-in <b>&\"sources\"</b>", "late & <i>starved</i>"]
    public static let feesNow = Wei(96_000_000)

    public var slots: Int
    public var strategies: Int
    public var seed: UInt64

    public init(slots: Int, strategies: Int = 4, seed: UInt64 = 1) {
        self.slots = slots
        self.strategies = strategies
        self.seed = seed
    }

    private static let start: UInt64 = 1_659_052_800  // 2022-07-29 00:00 UTC
    private static let oracles = ["PIP_WBTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"]
    private static let ilks = [
        "ETH-A", "ETH-B", "ETH-C", "WBTC-A", "WBTC-B", "WBTC-C", "WSTETH-A", "WSTETH-B", "LSEV2-SKY-A",
    ]

    public var result: StudyResult {
        var random = SeededRandom(seed)
        let fees = fees(&random)
        let hourly = fees.indices.map { baseline($0, fees[$0], &random) }
        var all = [Self.strategy(0, hourly)]
        for index in 1..<max(1, strategies) {
            all.append(Self.strategy(index, hourly.map { Self.slot(index, $0, &random) }))
        }
        return StudyResult(
            name: "\(slots / 24) days & <script>alert(1)</script>",
            source: "ETH/USD \"of\" 2022-07-29 <on>, hourly fees; nothing grafted",
            period: Self.start..<(Self.start + UInt64(slots) * 3600), slotLength: 3600, oracles: Self.oracles, ilks: Self.ilks,
            feesNow: Self.feesNow, strategies: strategies == 0 ? [] : all)
    }

    /// A walk of base fees with a spike now and then, wei per gas.
    private func fees(_ random: inout SeededRandom) -> [(first: Wei, lowest: Wei, highest: Wei)] {
        var fee: UInt64 = 18_000_000_000
        return (0..<slots).map { _ in
            fee = min(max(fee / 100 * UInt64.random(in: 86...116, using: &random), 3_000_000_000), 90_000_000_000)
            let first = Int.random(in: 0..<40, using: &random) == 0 ? fee * 4 : fee
            let lowest = first / 100 * UInt64.random(in: 70...99, using: &random)
            let highest = first / 100 * UInt64.random(in: 101...150, using: &random)
            return (Wei(UInt256(first)), Wei(UInt256(lowest)), Wei(UInt256(highest)))
        }
    }

    private func baseline(
        _ index: Int, _ fees: (first: Wei, lowest: Wei, highest: Wei), _ random: inout SeededRandom
    ) -> SlotResult {
        let start = Self.start + UInt64(index) * 3600
        let poke = PricedPoke(
            method: .megaPoker, isListed: false, oracles: Self.oracles, ilks: Self.ilks, block: 15_000_000 + UInt64(index) * 300,
            time: start + 11, gasUsed: 316_768 + 2800 * Gas.random(in: 0...17, using: &random), gasLimit: 400_000,
            baseFee: fees.first, priorityFee: .gwei(1), maxFeePerGas: fees.first + fees.first, fate: .complete)
        return SlotResult(
            start: start, pokes: [poke], reason: "the hour began: MegaPoker, whole", baseFees: fees,
            staleness: [0, 11, 11, 23].randomElement(using: &random) ?? 0)
    }

    private static func slot(_ strategy: Int, _ baseline: SlotResult, _ random: inout SeededRandom) -> SlotResult {
        var slot = baseline
        let isIdle = strategy >= 2 && Int.random(in: 0..<5, using: &random) < 3
        slot.pokes = isIdle ? [] : baseline.pokes.map { poke($0, strategy, baseline, &random) }
        slot.reason =
            isIdle
            ? "no source changed since its oracle's next price: nothing would move, so nothing is poked"
            : "4 oracles due; 3 spots would not change, 3 ilks are dead: Multicall3 is cheaper than the MegaPoker"
        if strategy == 3 { damage(&slot, &random) }
        slot.parts = parts(slot, baseline, isIdle: isIdle, &random)
        return slot
    }

    private static func poke(
        _ baseline: PricedPoke, _ strategy: Int, _ slot: SlotResult, _ random: inout SeededRandom
    ) -> PricedPoke {
        var poke = baseline
        if Int.random(in: 0..<4, using: &random) > 0 {
            poke.method = .multicall
            poke.ilks = ["ETH-A", "ETH-B", "ETH-C", "WSTETH-A", "WSTETH-B", "LSEV2-SKY-A"]
            poke.isListed = strategy == 2
            poke.gasUsed -= Gas.random(in: 9_000...180_000, using: &random)
            poke.gasLimit = poke.gasUsed + 30_000
        }
        poke.baseFee = [slot.baseFees.first, slot.baseFees.lowest, slot.baseFees.highest].randomElement(using: &random) ?? .zero
        return poke
    }

    private static func damage(_ slot: inout SlotResult, _ random: inout SeededRandom) {
        guard let first = slot.pokes.first else { return }
        switch Int.random(in: 0..<40, using: &random) {
        case 0:
            slot.isLate = true
            slot.staleness = 4211
        case 1: slot.pokes[0].fate = .starved
        case 2: slot.pokes[0].fate = .failed
        case 3: slot.pokes[0].fate = .late
        case 4: slot.pokes.append(first)
        default: slot.staleness += UInt64.random(in: 0...400, using: &random)
        }
    }

    /// What the slot cost less than the baseline's: gas at the baseline's price over a few causes, the rest of the wei to timing.
    private static func parts(
        _ slot: SlotResult, _ baseline: SlotResult, isIdle: Bool, _ random: inout SeededRandom
    ) -> [(cause: SavingCause, saving: Saving)] {
        let price = baseline.pokes.first.map { Int128($0.price.rawValue.asUInt128 ?? 0) } ?? 0
        let saved = baseline.cost - slot.cost
        var left = saved
        var parts: [(cause: SavingCause, saving: Saving)] = []
        func take(_ cause: SavingCause, _ gas: Int64, _ wei: Int128) {
            parts.append((cause, Saving(gas: gas, wei: wei)))
            left = left - Saving(gas: gas, wei: wei)
        }
        guard saved != Saving() else { return [] }
        if isIdle {
            take(.unchangedSources, saved.gas, saved.wei)
            return parts
        }
        take(.deadIlks, 46_000, 46_000 * price)
        if Bool.random(using: &random) { take(.unchangedSpots, 31_000, 31_000 * price) }
        if slot.pokes.contains(where: \.isListed) { take(.accessList, 5_900, 5_900 * price) }
        if slot.pokes.count > 1 { take(.separateTransactions, -120_000, -120_000 * price) }
        take(.transport, left.gas, Int128(left.gas) * price)
        take(.timing, 0, left.wei)
        return parts
    }

    private static func strategy(_ index: Int, _ slots: [SlotResult]) -> StrategyResult {
        let worst = slots.map(\.staleness)
        let summary = StalenessSummary(
            maximum: worst.max() ?? 0, meanMilliseconds: worst.reduce(0, +) * 1000 / UInt64(max(1, worst.count)) / 7,
            worstOfSlots: worst)
        let digest = String(repeating: "0123456789abcdef", count: 4)
        return StrategyResult(
            name: index < names.count ? names[index] : "strategy \(index)", slots: slots, staleness: summary, digest: digest)
    }
}
