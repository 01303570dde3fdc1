import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import KeeperTransactions

@Suite("Fee strategy")
struct FeeStrategyTests {
    private func market(_ base: Wei?, _ low: Wei, _ high: Wei) -> FeeMarket {
        FeeMarket(nextBaseFeePerGas: base, reward50: low, reward80: high, rows: [])
    }

    @Test(
        "urgency rises in a straight line to the deadline",
        arguments: [(0, 0), (100, 0), (150, 250), (200, 500), (299, 995), (300, 1000), (.max, 1000)] as [(UInt64, UInt64)])
    func urgency(time: UInt64, expected: UInt64) {
        #expect(Urgency(at: time, since: 100, deadline: 300).thousandths == expected)
    }

    @Test("a deadline at or before the start is full urgency, whatever the numbers")
    func urgencyEdges() {
        #expect(Urgency(at: 5, since: 5, deadline: 5) == .full)
        #expect(Urgency(at: 0, since: .max, deadline: 0) == .full)
        #expect(Urgency(at: .max - 1, since: 0, deadline: .max).thousandths <= 1000)
    }

    @Test("the tip goes from the 50th to the 80th percentile; the cap covers k full blocks")
    func offer() {
        let strategy = FeeStrategy(tipFloor: Wei(1), blocksAhead: 2)
        let market = market(.gwei(8), .gwei(1), .gwei(3))
        let calm = strategy.offer(market, urgency: .none, cap: .gwei(100))
        #expect(calm.caps.maxPriorityFeePerGas == .gwei(1) && !calm.isFloorBinding && !calm.isCapBinding && calm.isIncludable)
        // 8 → 9 + 1 wei → 10.125 + 2 wei (rounded up), and the tip.
        #expect(calm.caps.maxFeePerGas >= Wei(11_125_000_000) && calm.caps.maxFeePerGas <= Wei(11_125_000_004))
        #expect(
            strategy.offer(market, urgency: Urgency(at: 1, since: 0, deadline: 2), cap: .gwei(100)).caps.maxPriorityFeePerGas
                == .gwei(2))
        #expect(strategy.offer(market, urgency: .full, cap: .gwei(100)).caps.maxPriorityFeePerGas == .gwei(3))
    }

    @Test("the floor is told when it binds")
    func floor() {
        let strategy = FeeStrategy(tipFloor: .gwei(2))
        let offer = strategy.offer(market(.gwei(1), .gwei(1), .gwei(1)), urgency: .none, cap: .gwei(100))
        #expect(offer.isFloorBinding && offer.caps.maxPriorityFeePerGas == .gwei(2))
    }

    @Test("near the cap room is left for two replacements; beyond it nothing is includable")
    func cap() throws {
        let strategy = FeeStrategy(tipFloor: Wei(1), blocksAhead: 6)
        let near = strategy.offer(market(.gwei(50), .gwei(1), .gwei(1)), urgency: .none, cap: .gwei(81))
        #expect(near.isCapBinding && near.caps.maxFeePerGas == .gwei(64))
        let first = try #require(FeeBump.replacement(for: near.caps, cap: .gwei(81)))
        #expect(FeeBump.replacement(for: first, cap: .gwei(82)) != nil)
        let tight = strategy.offer(market(.gwei(80), .gwei(1), .gwei(1)), urgency: .none, cap: .gwei(81))
        #expect(tight.caps.maxFeePerGas == .gwei(81) && tight.isIncludable)
        let beyond = strategy.offer(market(.gwei(82), .gwei(1), .gwei(1)), urgency: .none, cap: .gwei(81))
        #expect(!beyond.isIncludable && beyond.caps.maxFeePerGas <= .gwei(81))
    }

    @Test("the tip never exceeds the cap, and absurd numbers stop nothing")
    func absurd() {
        let strategy = FeeStrategy(blocksAhead: 64)
        for base in [Wei.zero, Wei(1), Wei(.max)] {
            for tip in [Wei.zero, Wei(.max)] {
                let offer = strategy.offer(market(base, tip, .zero), urgency: .full, cap: .gwei(40))
                #expect(offer.caps.maxFeePerGas <= .gwei(40))
                #expect(offer.caps.maxPriorityFeePerGas <= offer.caps.maxFeePerGas)
            }
        }
    }

    @Test("a legacy chain has one price")
    func legacy() {
        let strategy = FeeStrategy(tipFloor: .gwei(1), isLegacy: true)
        let offer = strategy.offer(market(nil, .gwei(5), .gwei(7)), urgency: .full, cap: .gwei(6))
        #expect(offer.caps == FeeCaps(maxFeePerGas: .gwei(6), maxPriorityFeePerGas: .gwei(6)) && offer.isCapBinding)
    }

    @Test("a history becomes a market: medians without empty blocks, rows in their order")
    func history() {
        let history = FeeHistory(
            oldestBlock: 7, baseFeePerGas: [.gwei(1), .gwei(2), .gwei(3), .gwei(4)],
            reward: [[Wei(10), Wei(20), Wei(30)], [.zero, .zero, .zero], [Wei(30), Wei(40), Wei(50)]])
        let market = FeeMarket(history)
        #expect(market.nextBaseFeePerGas == .gwei(4) && market.reward50 == Wei(10) && market.reward80 == Wei(20))
        #expect(
            market.rows.map(\.number) == [7, 8, 9] && market.rows[2].baseFeePerGas == .gwei(3)
                && market.rows[2].reward90 == Wei(50))
        #expect(FeeMarket(history, isLegacy: true).nextBaseFeePerGas == nil)
        let empty = FeeMarket(FeeHistory(oldestBlock: 7, baseFeePerGas: [.gwei(1)], reward: []))
        #expect(empty.reward50 == .zero && empty.rows.isEmpty)
    }

    @Test("a cheaper form leaves room for two replacements below the old one")
    func below() throws {
        func caps(_ fee: UInt64, _ tip: UInt64) -> FeeCaps { FeeCaps(maxFeePerGas: .gwei(fee), maxPriorityFeePerGas: .gwei(tip)) }
        #expect(FeeReplacement.below(caps(100, 2), market: caps(79, 1)) == caps(79, 1))
        #expect(FeeReplacement.below(caps(100, 2), market: caps(80, 1)) == nil)
        #expect(FeeReplacement.below(caps(100, 2), market: caps(50, 3)) == nil)
        let legacy = try #require(FeeReplacement.above(caps(10, 10), market: caps(3, 3), cap: .gwei(40), isLegacy: true))
        #expect(legacy.maxFeePerGas == legacy.maxPriorityFeePerGas && legacy.maxFeePerGas == Wei(11_250_000_000))
    }

    @Test("without a market the wish's own fees count")
    func noMarket() throws {
        var rig = try Rig()
        rig.number += 1
        var view = rig.view
        view.market = nil
        rig.tell(.saw(view))
        rig.tell(.wished([Rig.wish()], at: rig.head))
        #expect(rig.orders.first?.offer.caps == Rig.wish().fees)
    }
}
