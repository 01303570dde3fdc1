import EthCodec
import EthContracts
import EthPrimitives
import EthRPC
import Testing

@testable import OraclePokes

@Suite("Evidence of pokes")
struct PokeEvidenceTests {
    private static let megaPoker = Address(lowBytesOf: Keccak256.hash([1]))
    private static let oracle = Address(lowBytesOf: Keccak256.hash([2]))
    private let contracts = PokeContracts(megaPoker: megaPoker, multicall: nil, spotter: .zero, vat: .zero)

    /// Due since long, with a valid source.
    private func facts() -> PokeFacts {
        let packed = (UInt256(3_600) &<< 160 | UInt256(7_200) &<< 176).bigEndianBytes
        return PokeFacts(oracles: [
            OracleFacts(
                name: "eth", address: Self.oracle, stopped: B256(), packed: packed, current: B256(), next: B256(),
                sourceReading: .valid(5))
        ])
    }

    private func block(_ number: UInt64, effective: Bool) throws -> BlockEvidence {
        let hash = Keccak256.hash([UInt8(number)])
        let log = JSON.object([
            "address": .string(Self.oracle.hex), "topics": .array([.string(OSM.LogValueEvent.topic0.description)]), "data": "0x",
            "blockHash": .string(hash.description), "blockNumber": Quantity.encode(number),
            "transactionHash": .string(hash.description),
            "logIndex": "0x0",
        ])
        let receipt = JSON.object([
            "transactionHash": .string(hash.description), "blockHash": .string(hash.description),
            "blockNumber": Quantity.encode(number),
            "transactionIndex": "0x0", "from": .string(Self.megaPoker.hex), "to": .string(Self.megaPoker.hex), "status": "0x1",
            "gasUsed": "0x1", "effectiveGasPrice": "0x1", "logs": .array(effective ? [log] : []),
        ])
        var evidence = BlockEvidence()
        evidence.receipts = [try Receipt(FieldReader(receipt, path: "receipt"))]
        return evidence
    }

    @Test("a successful MegaPoker without any log of a due oracle starved it; with its log it did not")
    func starved() throws {
        let starved = PokeEvidence([try block(1, effective: false)], before: facts(), contracts: contracts, time: 10_900)
        #expect(starved.starved == ["eth"] && starved.pokers.isEmpty)
        let fine = PokeEvidence([try block(1, effective: true)], before: facts(), contracts: contracts, time: 10_900)
        #expect(fine.starved.isEmpty && fine.pokers == [Self.megaPoker])
        let early = PokeEvidence([try block(1, effective: false)], before: facts(), contracts: contracts, time: 10_799)
        #expect(early.starved.isEmpty)
    }

    @Test("a second MegaPoker between two heads, too early by then, starved nothing")
    func second() throws {
        let blocks = [try block(1, effective: true), try block(2, effective: false)]
        #expect(PokeEvidence(blocks, before: facts(), contracts: contracts, time: 10_900).starved.isEmpty)
    }

    @Test("an oracle poked alone leaves its spots stale in the world of a backtest")
    func aloneInWorld() throws {
        var facts = facts()
        facts.oracles[0].next = Reading(value: 9_000_000_000, isValid: true)
        let ray: UInt256 = 1_000_000_000_000_000_000_000_000_000
        facts.par = ray
        facts.ilks = [IlkFacts(name: "ETH-A", pip: Self.oracle, oracle: "eth", mat: ray, art: 1, spot: 77, line: 1)]
        var world = PokeWorld(facts)
        world.apply(
            RecordedPoke(oracle: "eth", slot: 10_800, next: Reading(value: 5, isValid: true)), ilks: facts.ilks, par: ray,
            reached: [])
        #expect(world.oracles["eth"]?.current.value == 9_000_000_000)
        #expect(world.spots["ETH-A"] == 77)
    }
}
