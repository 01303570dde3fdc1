import EthPrimitives
import KeeperCore
import Foundation
import KeeperTransactions
import OraclePokes
import Testing

@testable import Poker

@Suite("Oracles whose source did not change, left alone on demand")
struct UnchangedSourceTests {
    private let slot = DecisionBench.slot
    private func oracle(_ name: String, _ current: UInt64, _ next: UInt64, source: UInt64, ago slots: UInt64 = 1) -> OracleFacts {
        DecisionBench.oracle(name, current, next, source: source, zzz: slot - 3_600 * slots)
    }

    @Test("With nothing changed nothing is sent, unless the key is off")
    func unchanged() {
        let oracles = [oracle("ETH", 5, 5, source: 5), oracle("BTC", 7, 7, source: 7, ago: 30)]
        var bench = DecisionBench(skips: true)
        let (intent, notes) = bench.decide(DecisionBench.snapshot(oracles, at: slot + 11))
        #expect(intent == nil && notes.first?.code == "unchanged" && notes.subjects("unchanged") == ["ETH", "BTC"])
        var plain = DecisionBench()
        let (poke, others) = plain.decide(DecisionBench.snapshot(oracles, at: slot + 11))
        #expect(poke?.effects.prefix(2).map(\.name) == ["ETH", "BTC"] && others.subjects("unchanged").isEmpty)
        #expect(plain.memory == PokerMemory())
    }

    @Test("Only what changed is poked")
    func partly() {
        let oracles = [oracle("ETH", 5, 5, source: 5), oracle("BTC", 7, 8, source: 8), oracle("SKY", 1, 1, source: 2)]
        var bench = DecisionBench(skips: true)
        let (intent, notes) = bench.decide(DecisionBench.snapshot(oracles, at: slot + 11))
        #expect(intent?.effects.map(\.name) == ["BTC", "SKY", "BTC-A"] && intent?.to == DecisionBench.contracts.multicall)
        #expect(notes.subjects("unchanged") == ["ETH"])
    }

    @Test("A source that moves in the middle of a slot in which it was left alone waits for the next slot, and no longer")
    func middle() {
        var bench = DecisionBench(skips: true)
        _ = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 5)], at: slot + 11))
        for time in [slot + 23, slot + 1_200, slot + 3_599] {
            let (intent, notes) = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 6)], at: time))
            #expect(intent == nil && notes.first?.code == "held" && notes.subjects("held") == ["ETH"])
        }
        let (intent, _) = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 6)], at: slot + 3_611))
        #expect(intent?.effects.map(\.name) == ["ETH"])
    }

    @Test("After a slot that was missed altogether it is poked at once")
    func missed() {
        var bench = DecisionBench(skips: true)
        let (intent, _) = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 6, ago: 4)], at: slot + 1_200))
        #expect(intent != nil)
    }

    @Test("A price that came in the middle of a slot counts an hour after its source was seen with it, not at the next slot")
    func promotion() {
        var bench = DecisionBench(skips: true)
        // Somebody else poked in the middle of the slot, after the source had moved.
        _ = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 6)], at: slot + 1_800))
        _ = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 6, source: 6, ago: 0)], at: slot + 1_812))
        let before = DecisionBench.snapshot([oracle("ETH", 5, 6, source: 6, ago: 0)], at: slot + 3_611)
        let (none, notes) = bench.decide(before)
        #expect(none == nil && notes.subjects("held") == ["ETH"])
        #expect(bench.decide(DecisionBench.snapshot(before.facts.oracles, at: slot + 5_387)).intent == nil)
        #expect(bench.decide(DecisionBench.snapshot(before.facts.oracles, at: slot + 5_388)).intent != nil)
    }

    @Test("While one is held the whole MegaPoker, which would poke it, stays away")
    func noWhole() {
        var bench = DecisionBench(skips: true)
        let others = ["A", "BB", "CCC", "DDDD"]
        func snapshot(_ time: UInt64, ago: UInt64, _ next: UInt64) -> PokerSnapshot {
            DecisionBench.snapshot(
                [oracle("ETH-LONG", 5, next, source: 6, ago: ago)] + others.map { oracle($0, 1, 2, source: 3) }, at: time)
        }
        _ = bench.decide(snapshot(slot + 1_800, ago: 1, 5))
        _ = bench.decide(snapshot(slot + 1_812, ago: 0, 6))
        let (intent, _) = bench.decide(snapshot(slot + 3_611, ago: 0, 6))
        #expect(intent?.to == DecisionBench.contracts.multicall)
        #expect(intent?.effects.contains { $0.name.hasPrefix("ETH-LONG") } == false)
    }

    @Test("A source that goes to and fro does not put off a promotion")
    func flapping() {
        var bench = DecisionBench(skips: true)
        _ = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 5, source: 6)], at: slot + 11))
        for minute in 1..<60 as Range<UInt64> {
            let oracle = oracle("ETH", 5, 6, source: minute % 2 == 0 ? 6 : 9, ago: 0)
            _ = bench.decide(DecisionBench.snapshot([oracle], at: slot + 60 * minute))
        }
        #expect(bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 6, source: 9, ago: 0)], at: slot + 3_611)).intent != nil)
    }

    @Test("At first sight the oracle's own delay counts, whatever its slots hold")
    func cold() {
        var bench = DecisionBench(skips: true)
        #expect(bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 6, source: 7)], at: slot + 11)).intent != nil)
        let odd = DecisionBench.oracle("ETH", 5, 6, source: 7, zzz: .max)
        #expect(bench.decide(DecisionBench.snapshot([odd], at: slot + 11)).intent == nil)
    }

    @Test("An empty memory is written as before there was any, and what is remembered survives JSON")
    func codable() throws {
        #expect(String(decoding: try JSONEncoder().encode(PokerMemory()), as: UTF8.self) == "{}")
        var bench = DecisionBench(skips: true, patience: 60)
        _ = bench.decide(DecisionBench.snapshot([oracle("ETH", 5, 6, source: 7)], at: slot + 11))
        #expect(bench.memory != PokerMemory())
        let data = try JSONEncoder().encode(bench.memory)
        #expect(try JSONDecoder().decode(PokerMemory.self, from: data) == bench.memory)
    }
}
