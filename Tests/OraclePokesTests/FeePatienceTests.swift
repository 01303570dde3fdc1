import EthPrimitives
import Testing

@testable import OraclePokes

@Suite("Waiting for a cheaper block")
struct FeePatienceTests {
    /// 1 to 10 gwei: each tenth of the blocks is a gwei.
    private static let recent = (1...10).reversed().map { Wei.gwei(UInt64($0)) }
    private static let slot: UInt64 = 7_200

    struct Row: Sendable {
        var gwei: UInt64
        var age: UInt64
        var verdict: FeePatience.Verdict
    }

    static let rows = [
        Row(gwei: 3, age: 0, verdict: .act), Row(gwei: 4, age: 0, verdict: .wait(for: .gwei(3), rank: 300)),
        Row(gwei: 5, age: 100, verdict: .wait(for: .gwei(4), rank: 370)), Row(gwei: 4, age: 100, verdict: .act),
        Row(gwei: 7, age: 500, verdict: .act), Row(gwei: 8, age: 500, verdict: .wait(for: .gwei(7), rank: 650)),
        Row(gwei: 11, age: 988, verdict: .wait(for: .gwei(10), rank: 991)), Row(gwei: 10, age: 988, verdict: .act),
        Row(gwei: 11, age: 989, verdict: .act), Row(gwei: 11, age: 1_000, verdict: .act),
        Row(gwei: 11, age: 100_000, verdict: .act),
    ]

    @Test("The fee that will do rises from the lowest three tenths to any", arguments: rows)
    func table(_ row: Row) {
        let verdict = FeePatience(seconds: 1_000).verdict(
            baseFee: .gwei(row.gwei), recent: Self.recent, inclusion: Self.slot + row.age, slot: Self.slot, blockTime: 12)
        #expect(verdict == row.verdict)
    }

    @Test("Without patience, or without fees to compare with, nothing waits")
    func none() {
        let dear = Wei.gwei(100)
        #expect(
            FeePatience(seconds: 0).verdict(baseFee: dear, recent: Self.recent, inclusion: 7_200, slot: 7_200, blockTime: 12)
                == .act)
        #expect(
            FeePatience(seconds: 300).verdict(baseFee: dear, recent: [], inclusion: 7_200, slot: 7_200, blockTime: 12) == .act)
    }

    @Test("Whatever the input, there is an answer, and no block is waited for that comes after the patience")
    func total() {
        let numbers: [UInt64] = [0, 1, 12, 299, 300, 301, 7_200, .max - 1, .max]
        for seconds in numbers {
            for inclusion in numbers {
                for slot in numbers {
                    for blockTime in numbers {
                        let verdict = FeePatience(seconds: seconds).verdict(
                            baseFee: Wei(.max), recent: [.zero, Wei(.max - 1)], inclusion: inclusion, slot: slot,
                            blockTime: blockTime)
                        guard case .wait(_, let rank) = verdict else { continue }
                        let age = inclusion > slot ? inclusion - slot : 0
                        #expect(rank >= 300 && rank <= 1_000 && age <= seconds && blockTime <= seconds - age)
                    }
                }
            }
        }
    }
}
