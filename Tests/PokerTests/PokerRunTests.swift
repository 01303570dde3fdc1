import EthCodec
import EthContracts
import EthPrimitives
import EthRPC
import Foundation
import OraclePokes
import Testing

/// `poker run` as a process against the local chain, block by block.
@Suite(.serialized)
struct PokerRunTests {
    static let oracles = ["PIP_BTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"]
    /// 2022-09-13 00:00 UTC; slots of the local chain are stamped 11 modulo 12, so the first block of an hour is at :11.
    static let midnight: UInt64 = 1_663_027_200

    /// Block times of one hour: a quiet head before it, each block around it, a few later ones.
    static func times(of slot: UInt64) -> [UInt64] {
        [slot - 601, slot - 61, slot - 13, slot - 1] + (0..<6).map { slot + 11 + 12 * $0 } + [
            slot + 311, slot + 323, slot + 335, slot + 1811, slot + 1823, slot + 2291,
        ]
    }

    static func zzz(_ chain: LocalChain, _ oracle: String) async throws -> UInt64 {
        let head = try await chain.provider.head()
        var batch = ReadBatch(at: .hash(head.hash))
        let slots = (1...4).map { batch.storage(chain.addresses[oracle] ?? .zero, slot: UInt256($0)) }
        let answers = try await chain.provider.send(batch)
        let words = try slots.map { try answers.value(of: $0) }
        return OracleFacts(
            name: oracle, address: .zero, stopped: words[0], packed: words[1], current: words[2], next: words[3],
            sourceReading: .unread
        ).zzz
    }

    static func hashes(_ outcomes: [JSON], _ kind: String) throws -> [TransactionHash] {
        try outcomes.compactMap { $0[kind]?["mined"]?["hash"]?.string }.map { try TransactionHash(hex: $0) }
    }

    @Test("Six hours: every oracle advances in every slot, each poke is proved by its logs")
    func sixHours() async throws {
        let chain = try await LocalChain(genesisTime: Self.midnight - 1800)
        let poker = try PokerProcess(chain, isNew: true)
        for hour in 0..<6 as Range<UInt64> {
            let slot = Self.midnight + hour * 3600
            try await chain.setSource("ETH", price: "\(1700 + hour * 10)000000000000000000")
            for time in Self.times(of: slot) {
                let head = try await chain.mine(at: time)
                try #require(await poker.hasSeen(head), "the poker ended: \(poker.log.lines.suffix(3))")
            }
            for oracle in Self.oracles { #expect(try await Self.zzz(chain, oracle) == slot, "\(oracle) in hour \(hour)") }
        }
        #expect(poker.stop() == 0)
        let outcomes = try poker.outcomes()
        let done = try Self.hashes(outcomes, "minedWithEffect")
        #expect(done.count == 6)
        #expect(!outcomes.contains { $0["minedWithoutEffect"] != nil || $0["refused"] != nil })
        for hash in done {
            let receipt = try #require(try await chain.provider.receipt(hash))
            let advanced = receipt.logs.filter { $0.topics.first == OSM.LogValueEvent.topic0 }.map(\.address)
            #expect(Set(advanced) == Set(Self.oracles.compactMap { chain.addresses[$0] }))
        }
    }

    @Test("A backup beside a primary never pokes twice, and takes over when the primary is gone")
    func backup() async throws {
        let chain = try await LocalChain(genesisTime: Self.midnight - 1800)
        let primary = try PokerProcess(chain)
        let backup = try PokerProcess(chain, account: "keeper2", mode: "backup")
        for hour in 0..<4 as Range<UInt64> {
            let slot = Self.midnight + hour * 3600
            if hour == 2 { #expect(primary.stop() == 0) }
            for time in Self.times(of: slot) {
                let head = try await chain.mine(at: time)
                if hour < 2 { try #require(await primary.hasSeen(head)) }
                try #require(await backup.hasSeen(head))
            }
            for oracle in Self.oracles { #expect(try await Self.zzz(chain, oracle) == slot) }
        }
        #expect(backup.stop() == 0)
        #expect(try Self.hashes(try primary.outcomes(), "minedWithEffect").count == 2)
        #expect(try Self.hashes(try backup.outcomes(), "minedWithEffect").count == 2)
        #expect(try backup.outcomes().allSatisfy { $0["minedWithoutEffect"] == nil })
    }

    @Test("An invalid source: status 1 proves nothing, the oracle is named, nothing is sent again and again")
    func invalidSource() async throws {
        let chain = try await LocalChain(genesisTime: Self.midnight - 1800)
        let poker = try PokerProcess(chain, extra: ["plan: mega-poker"])
        try await chain.setSource("WSTETH", price: "0", valid: false)
        for time in Self.times(of: Self.midnight) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head))
        }
        #expect(try await Self.zzz(chain, "PIP_WSTETH") == Self.midnight - 3600)
        #expect(try await Self.zzz(chain, "PIP_ETH") == Self.midnight)
        let done = try Self.hashes(try poker.outcomes(), "minedWithEffect")
        #expect(done.count == 1, "one poke for the others, none after it")
        let hash = try #require(done.first)
        let receipt = try #require(try await chain.provider.receipt(hash))
        #expect(receipt.succeeded)
        #expect(receipt.logs.count { $0.topics.first == OSM.LogValueEvent.topic0 } == 3)
        let journal = try poker.journal().map(\.sortedText).joined(separator: "\n")
        #expect(journal.contains("\"code\":\"source-invalid\",\"subject\":\"PIP_WSTETH\""))
        #expect(journal.contains("PIP_WSTETH would not advance: its source"))

        // The source comes back inside the slot: then the oracle is poked, once.
        try await chain.setSource("WSTETH", price: "1800000000000000000000")
        for time in [2411, 2471, 2531, 2591, 2651, 2711] as [UInt64] {
            let head = try await chain.mine(at: Self.midnight + time)
            try #require(await poker.hasSeen(head))
        }
        #expect(try await Self.zzz(chain, "PIP_WSTETH") == Self.midnight)
        #expect(poker.stop() == 0)
        #expect(try Self.hashes(try poker.outcomes(), "minedWithEffect").count == 2)
    }
}
