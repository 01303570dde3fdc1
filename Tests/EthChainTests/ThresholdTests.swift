import EthPrimitives
import TestSupport
import Testing

@testable import EthChain

/// The search for a limit, without any machine.
@Suite("Threshold") struct ThresholdTests {
    @Test("It is the first number at which it holds, wherever that is", arguments: [1, 2, 21_000, 364_640, 999_999, 1_000_000])
    func exact(_ first: Gas) {
        var tried: [Gas] = []
        let threshold = Threshold(upTo: 1_000_000) { (limit) throws(Never) in
            tried.append(limit)
            return limit >= first
        }
        #expect(threshold?.limit == first && threshold?.isMonotone == true)
        #expect(first == 1 || tried.contains(first - 1), "the one before was tried")
        #expect(tried.count < 160, "\(tried.count)")
    }

    @Test("There is none where it does not hold at the top")
    func none() {
        #expect(Threshold(upTo: 100) { (_) throws(Never) in false } == nil)
        #expect(Threshold(upTo: 100) { (limit) throws(Never) in limit < 50 } == nil)
    }

    @Test(
        "Where it holds on islands, it is the shore behind which it always holds",
        arguments: [40_000...41_000, 40_100...40_140, 55_000...55_700, 79_000...83_000, 50_001...50_001] as [ClosedRange<Gas>])
    func islands(_ gap: ClosedRange<Gas>) {
        let threshold = Threshold(upTo: 100_000) { (limit) throws(Never) in limit >= 40_000 && !gap.contains(limit) }
        if gap == 50_001...50_001 {
            // A single limit that fails far from the shore is not found: that would take all of them.
            #expect(threshold?.limit == 40_000)
        } else {
            #expect(threshold?.limit == gap.upperBound + 1)
            #expect(gap.lowerBound == 40_000 || threshold?.isMonotone == false)
        }
    }

    @Test("With random gaps, nothing fails next to what was found")
    func random() {
        var random = SeededRandom(7)
        for _ in 0..<200 {
            let first = Gas.random(in: 1...90_000, using: &random)
            let gaps = (0..<3).map { _ in
                let start = Gas.random(in: first...95_000, using: &random)
                return start...(start + Gas.random(in: 200...4_000, using: &random))
            }
            let holds = { (limit: Gas) throws(Never) in limit >= first && !gaps.contains { $0.contains(limit) } }
            let threshold = Threshold(upTo: 100_000, holds)
            let limit = threshold?.limit ?? 0
            #expect(holds(limit) && !holds(limit - 1))
            #expect((limit...(limit + 8)).allSatisfy(holds))
        }
    }
}
