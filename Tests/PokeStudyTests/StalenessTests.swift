import EthPrimitives
import OraclePokes
import Testing

@testable import PokeStudy

@Suite("Staleness against a perfect hourly poker")
struct StalenessTests {
    private static let hour: UInt64 = 3600

    /// One oracle whose source, next and current price are 100.
    private static var facts: PokeFacts {
        get throws {
            var facts = try StudyWorld(Worlds.scenario(hours: 1)).facts
            facts.oracles = [facts.oracles[0]]
            facts.oracles[0].current = Reading(value: 100, isValid: true)
            facts.oracles[0].next = Reading(value: 100, isValid: true)
            facts.oracles[0].sourceReading = .valid(100)
            return facts
        }
    }

    /// Pokes at the given times while the source changes at the given times; slots begin at whole hours, four of them.
    private static func summary(pokes: [UInt64], changes: [UInt64: UInt256]) throws -> StalenessSummary {
        let facts = try facts
        var oracle = facts.oracles[0]
        var meter = StalenessMeter(facts, from: 10 * hour)
        var source: UInt256 = 100
        for second in 10 * hour..<14 * hour {
            if second % hour == 0 { meter.begin(slot: second) }
            if let value = changes[second] {
                source = value
                meter.source(0, value)
            }
            if pokes.contains(second) {
                oracle = oracle.poked(at: second, source: source)
                meter.poked(0, oracle, at: second)
            }
        }
        meter.finish(at: 14 * hour)
        return meter.summary
    }

    @Test("Who pokes 23 seconds into each slot is stale for 23 seconds after a change was due")
    func hourly() throws {
        let pokes = (10...13).map { $0 * Self.hour + 23 } as [UInt64]
        let summary = try Self.summary(pokes: pokes, changes: [10 * Self.hour + 600: 101])
        // Taken at 11:00:00 by the perfect one, promoted at 12:00:00.
        #expect(summary.worstOfSlots == [0, 0, 23, 0])
        #expect(summary.maximum == 23 && summary.meanMilliseconds == 23 * 23 * 500 / (4 * Self.hour))
    }

    @Test("Who misses the promotion is stale until the next")
    func missed() throws {
        let pokes = [10, 11, 13].map { $0 * Self.hour } as [UInt64]
        #expect(try Self.summary(pokes: pokes, changes: [10 * Self.hour + 600: 101]).worstOfSlots == [0, 0, 3600, 0])
    }

    @Test("Who misses the taking is a slot behind all the same")
    func taking() throws {
        let pokes = [10, 12, 13].map { $0 * Self.hour } as [UInt64]
        #expect(try Self.summary(pokes: pokes, changes: [10 * Self.hour + 600: 101]).worstOfSlots == [0, 0, 3600, 0])
    }

    @Test("Unchanged values are fresh, whoever does not poke")
    func unchanged() throws {
        #expect(try Self.summary(pokes: [], changes: [:]).worstOfSlots == [0, 0, 0, 0])
    }

    @Test("A value that comes back is fresh again")
    func back() throws {
        let changes: [UInt64: UInt256] = [10 * Self.hour + 600: 101, 11 * Self.hour + 600: 100]
        #expect(try Self.summary(pokes: [], changes: changes).worstOfSlots == [0, 0, 3600, 0])
    }

    @Test("A value that was taken early is newer than the perfect poker's, and fresh")
    func early() throws {
        // Poked right after the change, which the perfect one takes only at 11:00.
        let pokes = [10 * Self.hour + 601, 11 * Self.hour] as [UInt64]
        let summary = try Self.summary(pokes: pokes, changes: [10 * Self.hour + 600: 101])
        #expect(summary.worstOfSlots == [0, 0, 0, 0])
    }
}
