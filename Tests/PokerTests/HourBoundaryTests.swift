import EthCodec
import EthContracts
import EthPrimitives
import EthRPC
import Foundation
import Testing

/// The trap of the hour: an estimate from before it is far too small after it.
@Suite(.serialized)
struct HourBoundaryTests {
    static let midnight = PokerRunTests.midnight

    /// The node's estimate of the whole poke at its newest head.
    private static func estimate(_ chain: LocalChain, _ target: String) async throws -> Gas {
        let head = try await chain.provider.head()
        var batch = ReadBatch(at: .hash(head.hash))
        let read = batch.estimateGas(
            CallRequest(
                from: chain.accounts["keeper"]?.address, to: chain.addresses[target] ?? .zero, data: MegaPoker.PokeCall().callData
            ))
        return try await chain.provider.send(batch).value(of: read)
    }

    /// Sends another party's poke with a limit, mines it inside the hour, and returns its receipt.
    private static func pokeByOther(_ chain: LocalChain, via: String, gas: Gas, at time: UInt64) async throws -> Receipt {
        let hash = try await chain.provider.request("devnode_poke", [.object(["via": .string(via), "gas": .integer(gas)])])
        try await chain.mine(at: time)
        let text = hash.json.string ?? hash.json["hash"]?.string ?? ""
        return try #require(try await chain.provider.receipt(try TransactionHash(hex: text)))
    }

    @Test("1.2 × the estimate from before the hour fails on chain; ours succeeds with a limit of at most 1.25 × the gas used")
    func megaPoker() async throws {
        let naive = try await LocalChain(genesisTime: Self.midnight - 1800)
        try await Self.newPrices(naive)
        try await naive.mine(at: Self.midnight - 1)
        let before = try await Self.estimate(naive, "MEGAPOKER")
        let failed = try await Self.pokeByOther(naive, via: "mega", gas: before * 12 / 10, at: Self.midnight + 11)
        let succeeded = failed.succeeded
        #expect(!succeeded)
        #expect(failed.gasUsed == before * 12 / 10, "all gas is paid, nothing is done")
        try await Self.expectOurs("MEGAPOKER", extra: ["plan: mega-poker"], oracles: 4)
    }

    @Test(
        "The daily block: 1.2 × and 1.5 × the estimate from before it fail on chain; ours succeeds with a limit of at most 1.25 × the gas used"
    )
    func dailyBlock() async throws {
        for multiple in [12, 15] as [Gas] {
            let naive = try await Self.dailyChain()
            let before = try await Self.estimate(naive, "MEGAPOKER_DAILY")
            let failed = try await Self.pokeByOther(naive, via: "daily", gas: before * multiple / 10, at: Self.dailySlot + 11)
            #expect(!failed.succeeded, "\(multiple) tenths")
        }
        try await Self.expectOurs(
            "MEGAPOKER_DAILY", extra: ["plan: mega-poker", "dailyBlock: true"], oracles: 4, chain: try await Self.dailyChain(),
            slot: Self.dailySlot)
    }

    /// 22:00 UTC of the second day: by then the daily block, which the chain's set-up ran, can have run once more.
    private static let dailySlot = midnight + 165_600

    /// A chain whose daily block ran in the first block of an hour, one second before the same hour of the next day.
    private static func dailyChain() async throws -> LocalChain {
        let chain = try await LocalChain(genesisTime: midnight - 1800)
        let daily = try await pokeByOther(chain, via: "daily", gas: 3_000_000, at: dailySlot - 86_389)
        try #require(daily.succeeded)
        try await newPrices(chain)
        try await chain.mine(at: dailySlot - 1)
        return chain
    }

    private static func newPrices(_ chain: LocalChain) async throws {
        for (name, price) in [("BTC", "21000"), ("ETH", "1650"), ("WSTETH", "1790"), ("SKY", "1")] {
            try await chain.setSource(name, price: price + "000000000000000000")
        }
        try await chain.mine()
    }

    /// Our poker in the same place.
    private static func expectOurs(
        _ target: String, extra: [String], oracles: Int, chain given: LocalChain? = nil, slot: UInt64 = midnight
    ) async throws {
        let chain: LocalChain
        if let given {
            chain = given
        } else {
            chain = try await LocalChain(genesisTime: midnight - 1800)
            try await newPrices(chain)
            try await chain.mine(at: midnight - 1)
        }
        let poker = try PokerProcess(chain, megaPoker: target, extra: extra)
        try #require(await poker.hasSeen(try await chain.provider.head()))
        for time in [11, 23, 35, 47, 59, 71] as [UInt64] {
            let head = try await chain.mine(at: slot + time)
            try #require(await poker.hasSeen(head))
        }
        #expect(poker.stop() == 0)
        let mined = try #require(try poker.outcomes().compactMap { $0["minedWithEffect"]?["mined"] }.first)
        let (used, limit) = (try #require(mined["gasUsed"]?.uint64), try #require(mined["gasLimit"]?.uint64))
        #expect(limit >= used && limit * 100 <= used * 125, "limit \(limit), used \(used)")
        let hash = try TransactionHash(hex: mined["hash"]?.string ?? "")
        let receipt = try #require(try await chain.provider.receipt(hash))
        #expect(receipt.logs.count { $0.topics.first == OSM.LogValueEvent.topic0 } >= oracles)
    }
}
