import EthPrimitives
import KeeperCore
import KeeperTransactions
import OraclePokes
import Testing

@testable import Poker

@Suite("Patience inside the slot")
struct PatienceTests {
    private let slot = DecisionBench.slot
    private let oracles = [DecisionBench.oracle("ETH", 5, 6, source: 7, zzz: DecisionBench.slot - 3_600)]
    private let recent = Array(1...10) as [UInt64]

    @Test("It waits while the base fee is high, and says for what; a low one is taken at once")
    func waits() {
        var bench = DecisionBench(patience: 240)
        let (none, notes) = bench.decide(DecisionBench.snapshot(oracles, at: slot + 11, baseFee: 9, recent: recent))
        #expect(none == nil && notes.first?.code == "waiting" && notes.first?.text.contains("9 gwei") == true)
        #expect(bench.memory == PokerMemory())
        #expect(bench.decide(DecisionBench.snapshot(oracles, at: slot + 23, baseFee: 1, recent: recent)).intent != nil)
    }

    @Test("What was wished once is not taken back because the base fee rises, in that slot")
    func keeps() {
        var bench = DecisionBench(patience: 240)
        #expect(bench.decide(DecisionBench.snapshot(oracles, at: slot + 11, baseFee: 1, recent: recent)).intent != nil)
        #expect(bench.decide(DecisionBench.snapshot(oracles, at: slot + 23, baseFee: 50, recent: recent)).intent != nil)
        #expect(bench.decide(DecisionBench.snapshot(oracles, at: slot + 3_611, baseFee: 50, recent: recent)).intent == nil)
    }

    @Test("It never waits for a block after the patience, whatever the fee")
    func ends() {
        for patience in [12, 36, 240, 300] as [UInt64] {
            var bench = DecisionBench(patience: patience)
            var sent: UInt64?
            for time in stride(from: slot + 11, to: slot + 400, by: 12) where sent == nil {
                let snapshot = DecisionBench.snapshot(oracles, at: time, baseFee: 99, recent: recent)
                if bench.decide(snapshot).intent != nil { sent = bench.keeper.inclusion(after: snapshot.head) }
            }
            #expect(sent.map { $0 <= slot + max(patience, 23) && $0 + 12 > slot + patience } == true, "\(patience)")
        }
    }

    @Test("Without base fees, and without patience, it acts at once")
    func none() {
        var bench = DecisionBench(patience: 240)
        #expect(bench.decide(DecisionBench.snapshot(oracles, at: slot + 11, baseFee: 99)).intent != nil)
        var plain = DecisionBench()
        #expect(plain.decide(DecisionBench.snapshot(oracles, at: slot + 11, baseFee: 99, recent: recent)).intent != nil)
        #expect(plain.memory == PokerMemory())
    }
}
