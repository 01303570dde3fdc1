import EthContracts
import EthPrimitives
import EthRPC
import Testing

@testable import OraclePokes

@Suite("Receipts of pokes")
struct PokeReceiptsTests {
    private static func address(_ seed: UInt8) -> Address { Address(lowBytesOf: Keccak256.hash([seed])) }
    private static let oracle = address(1)
    private static let own = address(9)
    private static let ray: UInt256 = 1_000_000_000_000_000_000_000_000_000
    private let contracts = PokeContracts(megaPoker: address(2), multicall: address(3), spotter: address(4), vat: address(5))

    private func head(_ number: UInt64, _ time: UInt64, branch: UInt8 = 0, parent: BlockHash? = nil) -> BlockHeader {
        BlockHeader(
            number: number, hash: hash(number, branch), parentHash: parent ?? hash(number - 1, branch), timestamp: time,
            gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: nil)
    }

    private func hash(_ number: UInt64, _ branch: UInt8 = 0) -> BlockHash { Keccak256.hash([UInt8(number), branch]) }

    /// One oracle and one collateral type: cur 5, nxt 6, source 7, and what a poke at 10,800 makes of it.
    private func facts(isPoked: Bool = false, source: SourceReading = .valid(7)) -> PokeFacts {
        let packed = (UInt256(3_600) &<< 160 | UInt256(isPoked ? 10_800 : 7_200) &<< 176).bigEndianBytes
        func word(_ value: UInt256) -> B256 { (value | UInt256(1) &<< 128).bigEndianBytes }
        let oracle = OracleFacts(
            name: "eth", address: Self.oracle, stopped: B256(), packed: packed, current: word(isPoked ? 6 : 5),
            next: word(isPoked ? 7 : 6), sourceReading: source)
        let ilk = IlkFacts(
            name: "ETH-A", pip: Self.oracle, oracle: "eth", mat: Self.ray, art: 1, spot: isPoked ? 6_000_000_000 : 5_000_000_000,
            line: 1)
        return PokeFacts(oracles: [oracle], ilks: [ilk], par: Self.ray)
    }

    private func log(_ address: Address, _ topic: B256, _ data: [UInt8], _ block: UInt64, transaction: UInt8, branch: UInt8)
        -> Log
    {
        Log(
            address: address, topics: [topic], data: data, blockHash: hash(block, branch), blockNumber: block,
            transactionHash: Keccak256.hash([transaction, 77]), logIndex: UInt64(address == contracts.spotter ? 1 : 0))
    }

    /// A poke as it should be, unless said otherwise.
    private func receipt(
        _ block: UInt64 = 2, to: Address? = nil, from: Address = own, succeeded: Bool = true, gas: Gas = 90_000,
        value: UInt256? = 6,
        spot: UInt256? = 6_000_000_000, transaction: UInt8 = 1, branch: UInt8 = 0
    ) throws -> Receipt {
        var logs: [Log] = []
        if let value {
            logs.append(
                log(
                    Self.oracle, OSM.LogValueEvent.topic0, value.bigEndianBytes.bytes, block, transaction: transaction,
                    branch: branch))
        }
        if let spot {
            let name = try #require(B256(ascii: "ETH-A"))
            let data = name.bytes + UInt256(6).bigEndianBytes.bytes + spot.bigEndianBytes.bytes
            logs.append(log(contracts.spotter, Spotter.PokeEvent.topic0, data, block, transaction: transaction, branch: branch))
        }
        return Receipt(
            transactionHash: Keccak256.hash([transaction, 77]), blockHash: hash(block, branch), blockNumber: block,
            transactionIndex: UInt64(transaction), from: from, to: to ?? contracts.megaPoker, succeeded: succeeded, gasUsed: gas,
            effectiveGasPrice: .zero, logs: succeeded ? logs : [])
    }

    private func evidence(_ receipts: [Receipt]) -> [BlockEvidence] {
        var evidence = BlockEvidence()
        evidence.receipts = receipts
        return [evidence]
    }

    /// A head before, then one with the receipts and what they left.
    private func judged(_ receipts: [Receipt], before: PokeFacts? = nil, after: PokeFacts? = nil) -> PokeReceipts {
        var found = PokeReceipts(contracts, ownAddress: Self.own)
        found.begin("r")
        found.take(before ?? facts(), at: head(1, 10_788), evidence: [])
        found.take(after ?? facts(isPoked: true), at: head(2, 10_800), evidence: evidence(receipts))
        return found
    }

    private func why(_ found: PokeReceipts) -> [UnusablePoke] { found.pokes.isEmpty ? found.unusable.map(\.why) : [] }

    @Test("a poke that facts, logs and storage agree on is measured, in the branch that it took")
    func measured() throws {
        let found = judged([try receipt()])
        let poke = try #require(found.pokes.first)
        #expect(found.pokes.count == 1 && found.unusable.isEmpty && poke.gasUsed == 90_000 && poke.recording == "r")
        #expect(poke.effects.oracles.first?.branch == .effective(current: .changed, next: .changed))
        #expect(poke.branch == "MegaPoker · due, cur and nxt change: eth · 1 of 1 spots change")
    }

    @Test("what a source said in the very block counts, as the storage shows it")
    func sourceMoved() throws {
        let found = judged([try receipt()], before: facts(source: .valid(6)))
        #expect(found.pokes.first?.effects.oracles.first?.branch == .effective(current: .changed, next: .changed))
    }

    @Test("whatever makes the branch uncertain is named")
    func uncertain() throws {
        #expect(why(judged([try receipt(succeeded: false)], after: facts())) == [.failed])
        #expect(why(judged([try receipt(gas: .max)])) == [.absurdGas])
        #expect(why(judged([try receipt(spot: nil)])) == [.starved])
        #expect(why(judged([try receipt(value: nil, spot: 5_000_000_000)], after: facts())) == [.starved])
        #expect(why(judged([try receipt(value: 5)])) == [.otherState])
        #expect(why(judged([try receipt(spot: 1)])) == [.otherState])
        #expect(why(judged([try receipt()], after: facts())) == [.otherState])
        #expect(why(judged([try receipt(), try receipt(transaction: 2)])) == [.shared, .shared])
        #expect(why(judged([try receipt()], before: PokeFacts(oracles: facts().oracles))) == [.unknownFacts])
        #expect(why(judged([try receipt(to: contracts.multicall, from: Self.address(8))])) == [.foreignCalls])
    }

    @Test("a source without a value leaves a note; without one it is not believed")
    func invalid() throws {
        var poke = try receipt(value: nil, spot: 5_000_000_000)
        let note = log(Self.oracle, B256(), [], 2, transaction: 1, branch: 0)
        #expect(why(judged([poke], before: facts(source: .invalid), after: facts())) == [.starved])
        poke.logs.append(note)
        let found = judged([poke], before: facts(source: .invalid), after: facts())
        #expect(found.pokes.first?.effects.oracles.first?.branch == .sourceInvalid)
    }

    @Test("the keeper's own Multicall3, and calls of an oracle or the Spotter, are what their logs show")
    func otherMethods() throws {
        let multicall = try #require(judged([try receipt(to: contracts.multicall)]).pokes.first?.plan)
        #expect(multicall.method == .multicall && multicall.oracles == ["eth"] && multicall.ilks == ["ETH-A"])
        let single = try #require(judged([try receipt(to: Self.oracle, from: Self.address(8), spot: nil)]).pokes.first?.plan)
        #expect(single.method == .single && single.oracles == ["eth"] && single.ilks.isEmpty)
        let spot = judged([try receipt(to: contracts.spotter, value: nil, spot: 5_000_000_000)], after: facts())
        #expect(spot.pokes.first?.plan.ilks == ["ETH-A"])
        // Not a poke: another call of the oracle.
        let other = judged([try receipt(to: Self.oracle, value: nil, spot: nil)], after: facts())
        #expect(other.pokes.isEmpty && other.unusable.isEmpty)
    }

    @Test("without the head before nothing is certain, and with an hour's beginning before the block's head neither")
    func heads() throws {
        var found = PokeReceipts(contracts, ownAddress: nil)
        found.begin("r")
        found.take(facts(isPoked: true), at: head(2, 10_800), evidence: evidence([try receipt()]))
        #expect(why(found) == [.unknownFacts])
        found = PokeReceipts(contracts, ownAddress: nil)
        found.take(facts(), at: head(1, 10_788), evidence: [])
        found.take(facts(isPoked: true), at: head(3, 10_812), evidence: evidence([try receipt()]))
        #expect(why(found) == [.acrossHours])
        found = PokeReceipts(contracts, ownAddress: nil)
        found.take(facts(), at: head(1, 10_801), evidence: [])
        found.take(facts(isPoked: true), at: head(3, 10_824), evidence: evidence([try receipt()]))
        #expect(found.pokes.count == 1)
        // What another recording ended with says nothing about this one.
        found.begin("s")
        found.take(facts(isPoked: true), at: head(4, 10_836), evidence: evidence([try receipt(4)]))
        #expect(found.unusable.map(\.why) == [.unknownFacts])
    }

    @Test("after a reorganisation the facts are those of the block that both branches stand on")
    func reorganisation() throws {
        var found = judged([try receipt()])
        found.take(
            facts(isPoked: true), at: head(2, 10_812, branch: 1, parent: hash(1)),
            evidence: evidence([try receipt(gas: 90_001, branch: 1)]))
        #expect(found.pokes.map(\.gasUsed) == [90_000, 90_001] && found.unusable.isEmpty)
        #expect(Set(found.pokes.map(\.effects)).count == 1)
    }

    @Test("a spot that a log wrote counts where the collateral types were not read again")
    func spotsFollowLogs() throws {
        var found = judged([try receipt()], after: PokeFacts(oracles: facts(isPoked: true).oracles))
        // A second one in the same hour finds nothing due and no spot to change.
        let idle = try receipt(3, gas: 60_000, value: nil, transaction: 2)
        found.take(PokeFacts(oracles: facts(isPoked: true).oracles), at: head(3, 10_812), evidence: evidence([idle]))
        #expect(found.pokes.last?.branch == "MegaPoker · early: eth · 0 of 1 spots change")
    }
}
