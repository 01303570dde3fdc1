import EthPrimitives
import EthTransactions
import Testing

@Suite("Fee estimate")
struct FeeEstimateTests {
    @Test("doubles the base fee and adds the median tip")
    func typical() {
        let estimate = FeeEstimate(
            baseFeePerGas: .gwei(20), rewards: [.gwei(3), .gwei(1), .gwei(2)], priorityFloor: Wei(1), cap: .gwei(100))
        #expect(estimate.caps == FeeCaps(maxFeePerGas: .gwei(42), maxPriorityFeePerGas: .gwei(2)))
        #expect(estimate.isIncludable)
        #expect(estimate.caps.effectiveGasPrice(baseFeePerGas: .gwei(20)) == .gwei(22))
    }

    @Test("leaves out empty blocks, takes the lower median, and keeps the floor")
    func median() {
        func tip(_ rewards: [Wei], floor: Wei = .zero) -> Wei {
            FeeEstimate(baseFeePerGas: .gwei(1), rewards: rewards, priorityFloor: floor, cap: .gwei(100)).caps
                .maxPriorityFeePerGas
        }
        #expect(tip([.zero, .zero, .gwei(5)]) == .gwei(5))
        #expect(tip([.gwei(1), .gwei(2), .gwei(3), .gwei(4)]) == .gwei(2))
        #expect(tip([]) == .zero)
        #expect(tip([], floor: .gwei(1)) == .gwei(1))
        #expect(tip([.gwei(1)], floor: .gwei(2)) == .gwei(2))
    }

    @Test("never exceeds the cap, and says when the cap is below the base fee")
    func capped() {
        let tight = FeeEstimate(baseFeePerGas: .gwei(40), rewards: [.gwei(2)], priorityFloor: .zero, cap: .gwei(60))
        #expect(tight.caps == FeeCaps(maxFeePerGas: .gwei(60), maxPriorityFeePerGas: .gwei(2)) && tight.isIncludable)
        let short = FeeEstimate(baseFeePerGas: .gwei(70), rewards: [.gwei(2)], priorityFloor: .zero, cap: .gwei(60))
        #expect(!short.isIncludable && short.caps.effectiveGasPrice(baseFeePerGas: .gwei(70)) == nil)
        let tiny = FeeEstimate(baseFeePerGas: Wei(7), rewards: [], priorityFloor: .gwei(1), cap: Wei(100))
        #expect(tiny.caps == FeeCaps(maxFeePerGas: Wei(100), maxPriorityFeePerGas: Wei(100)))
        let huge = FeeEstimate(baseFeePerGas: Wei(.max), rewards: [Wei(.max)], priorityFloor: .zero, cap: .gwei(60))
        #expect(huge.caps == FeeCaps(maxFeePerGas: .gwei(60), maxPriorityFeePerGas: .gwei(60)))
    }

    @Test(
        "the price of a block is the base fee and the tip, within the cap",
        arguments: [(20, 22), (0, 2), (99, 100), (100, 100), (98, 100), (101, nil)] as [(UInt64, UInt64?)])
    func effective(base: UInt64, price: UInt64?) {
        let caps = FeeCaps(maxFeePerGas: Wei(100), maxPriorityFeePerGas: Wei(2))
        #expect(caps.effectiveGasPrice(baseFeePerGas: Wei(UInt256(base))) == price.map { Wei(UInt256($0)) })
    }

    @Test("a tip above the cap, which decoding admits, does not underflow")
    func inverted() {
        #expect(FeeCaps(maxFeePerGas: Wei(5), maxPriorityFeePerGas: Wei(.max)).effectiveGasPrice(baseFeePerGas: Wei(1)) == Wei(5))
    }
}

@Suite("Fee bump")
struct FeeBumpTests {
    @Test(
        "raises by an eighth rounded up, by a tenth and one wei at least",
        arguments: [
            (0, 1), (1, 3), (2, 4), (8, 10), (9, 11), (10, 12), (39, 44), (40, 45), (41, 47), (100, 113),
            (1_000_000_000, 1_125_000_000), (1_000_000_001, 1_125_000_002),
        ] as [(UInt256, UInt256)])
    func raised(old: UInt256, new: UInt256) { #expect(FeeBump.raised(Wei(old)) == Wei(new)) }

    @Test("always satisfies a node that asks for more than ten percent")
    func nodeRule() throws {
        let amounts: [UInt256] = (0...5_000).map { UInt256($0) } + [UInt256.max / 2, 123_456_789_012_345]
        for old in amounts {
            let new = try #require(FeeBump.raised(Wei(old))).rawValue
            // geth's pool: both caps above the old ones, and at least old × 110 / 100.
            #expect(new > old && new >= old / 100 * 110 + old % 100 * 110 / 100)
            #expect(new - old > old / 10)
        }
        #expect(FeeBump.raised(Wei(.max)) == nil)
    }

    @Test("a replacement goes up to the market, but not above the cap")
    func replacement() {
        let current = FeeCaps(maxFeePerGas: .gwei(40), maxPriorityFeePerGas: .gwei(2))
        let bumped = FeeCaps(maxFeePerGas: .gwei(45), maxPriorityFeePerGas: Wei(2_250_000_000))
        #expect(FeeBump.replacement(for: current, cap: .gwei(60)) == bumped)
        #expect(FeeBump.replacement(for: current, cap: .gwei(45)) == bumped)
        #expect(FeeBump.replacement(for: current, cap: Wei(44_999_999_999)) == nil)
        let market = FeeCaps(maxFeePerGas: .gwei(80), maxPriorityFeePerGas: .gwei(1))
        #expect(
            FeeBump.replacement(for: current, market: market, cap: .gwei(60))
                == FeeCaps(maxFeePerGas: .gwei(60), maxPriorityFeePerGas: Wei(2_250_000_000)))
        let generous = FeeCaps(maxFeePerGas: .gwei(50), maxPriorityFeePerGas: .gwei(9))
        #expect(FeeBump.replacement(for: current, market: generous, cap: .gwei(60)) == generous)
    }
}
