import EthContracts
import EthPrimitives
import EthRPC
import Testing

@testable import OraclePokes

@Suite("Spots")
struct SpotTests {
    private let ray: UInt256 = 1_000_000_000_000_000_000_000_000_000

    @Test("without a valid price the spot is zero; where the contract would revert there is none")
    func edges() {
        let price = Reading(value: 2_000_000_000_000_000_000_000, isValid: true)
        #expect(IlkFacts.spot(for: price, par: ray, mat: ray * 2) == ray * 1_000)
        #expect(IlkFacts.spot(for: Reading(value: price.value, isValid: false), par: ray, mat: ray) == .zero)
        #expect(IlkFacts.spot(for: price, par: .zero, mat: ray) == nil)
        #expect(IlkFacts.spot(for: price, par: ray, mat: .zero) == nil)
        #expect(IlkFacts.spot(for: Reading(value: .max, isValid: true), par: ray, mat: ray) == nil)
        #expect(IlkFacts.spot(for: Reading(value: 1, isValid: true), par: ray, mat: ray * 3) == 333_333_333)
    }

    @Test(
        "every Spotter.poke in the recording's receipts wrote the spot that we compute from its price, par and mat",
        .enabled(if: Recording.isPresent, "needs ../shared/vectors"))
    func recordedPokes() async throws {
        let recording = try Recording()
        let head = try #require(recording.cassette.heads.first)
        var batch = ReadBatch(at: .hash(head.hash))
        let par = batch.call(Spotter.ParCall(), to: recording.spotter)
        let names = try recording.ilks.map { try #require(B256(ascii: $0.name)) }
        let ilks = names.map { batch.call(Spotter.IlksCall($0), to: recording.spotter) }
        let answers = try await recording.provider.send(batch)
        let parValue = try answers.value(of: par)
        var mats: [B256: UInt256] = [:]
        for (name, read) in zip(names, ilks) { mats[name] = try answers.value(of: read).mat }

        var pokes = 0
        var prices: Set<B256> = []
        for block in recording.cassette.evidencedBlocks {
            let evidence = try #require(recording.cassette.evidence(of: block.hash))
            for log in evidence.receipts.flatMap({ $0.logs })
            where log.address == recording.spotter && log.topics.first == Spotter.PokeEvent.topic0 {
                let event = try Spotter.PokeEvent(topics: log.topics, data: log.data)
                let mat = try #require(mats[event.ilk])
                let price = UInt256(bigEndian: event.val)
                #expect(IlkFacts.spot(for: Reading(value: price, isValid: price != .zero), par: parValue, mat: mat) == event.spot)
                prices.insert(event.val)
                pokes += 1
            }
        }
        #expect(pokes > 90)
        print("\(pokes) recorded spots computed, from \(prices.count) different prices")
    }
}
