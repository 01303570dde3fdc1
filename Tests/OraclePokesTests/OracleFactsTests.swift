import EthContracts
import EthPrimitives
import EthRPC
import Testing

@testable import OraclePokes

@Suite("Packed slots against the contracts' own views", .enabled(if: Recording.isPresent, "needs ../shared/vectors"))
struct OracleFactsTests {
    @Test("at every recorded head, for all four oracles, slots 1 to 4 equal zzz, hop, stopped, src, peek, peep and pass")
    func views() async throws {
        let recording = try Recording()
        var compared = 0
        var states: Set<OracleFacts> = []
        for head in recording.cassette.heads {
            for oracle in recording.oracles {
                let facts = try await check(oracle, at: head, recording)
                states.insert(facts)
                compared += 1
            }
        }
        #expect(compared == recording.cassette.heads.count * 4 && compared > 1_600)
        #expect(states.contains { $0.isStopped })
        print("\(compared) oracle states compared, \(states.count) different ones")
    }

    private func check(
        _ oracle: (name: String, address: Address, median: Address), at head: BlockHeader, _ recording: Recording
    ) async throws -> OracleFacts {
        var batch = ReadBatch(at: .hash(head.hash))
        let slots = (1...4).map { batch.storage(oracle.address, slot: UInt256($0)) }
        let zzz = batch.call(OSM.ZzzCall(), to: oracle.address)
        let hop = batch.call(OSM.HopCall(), to: oracle.address)
        let pass = batch.call(OSM.PassCall(), to: oracle.address)
        let stopped = batch.call(OSM.StoppedCall(), to: oracle.address)
        let peek = batch.call(OSM.PeekCall(), to: oracle.address, from: recording.spotter)
        let peep = batch.call(OSM.PeepCall(), to: oracle.address, from: recording.spotter)
        let answers = try await recording.provider.send(batch)
        let words = try slots.map { try answers.value(of: $0) }
        let facts = OracleFacts(
            name: oracle.name, address: oracle.address, stopped: words[0], packed: words[1], current: words[2], next: words[3],
            sourceReading: .unread)
        #expect(try facts.zzz == answers.value(of: zzz))
        #expect(try facts.hop == UInt64(answers.value(of: hop)))
        #expect(try facts.isStopped == (answers.value(of: stopped) != .zero))
        #expect(facts.source == oracle.median)
        let isPassed = try answers.value(of: pass)
        #expect(facts.isDue(at: head.timestamp) == (isPassed && !facts.isStopped))
        let current = try answers.value(of: peek)
        let next = try answers.value(of: peep)
        #expect(facts.current == Reading(value: UInt256(bigEndian: current.val), isValid: current.has))
        #expect(facts.next == Reading(value: UInt256(bigEndian: next.val), isValid: next.has))
        return facts
    }

    @Test("the packed word takes each field from its place")
    func packed() throws {
        let word = try B256(hex: "0x0000" + "0000000069187950" + "0e10" + "18c69fae173b07280971f1ef93bc317d4476b216")
        let facts = OracleFacts(
            name: "btc", address: .zero, stopped: B256(), packed: word, current: B256(), next: B256(), sourceReading: .unread)
        #expect(facts.zzz == 0x6918_7950 && facts.hop == 3_600)
        #expect(facts.source.hex == "0x18c69fae173b07280971f1ef93bc317d4476b216")
        #expect(!facts.isDue(at: facts.zzz + 3_599) && facts.isDue(at: facts.zzz + 3_600))
        #expect(facts.poked(at: facts.zzz + 9_999, source: 7).zzz == facts.zzz + 7_200)
    }
}
