import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// What an operator does with a running poker.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct OperatorTests {
    private static let slot = PokerRunTests.midnight

    /// A verb of the poker with the configuration of a running one.
    private static func ask(_ poker: PokerProcess, _ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.awaiting(
            Project.poker, arguments + ["--config", poker.config.path],
            environment: ["KEY_FILE": poker.config.deletingLastPathComponent().appending(path: "key").path])
    }

    private static func mine(_ chain: LocalChain, _ poker: PokerProcess, at times: [UInt64]) async throws {
        for time in times {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
    }

    @Test("a pause holds back what is due, ends by itself or by resume, and is in the journal")
    func pause() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain)
        try await Self.mine(chain, poker, at: [Self.slot - 601])
        let paused = try await Self.ask(poker, "pause", "--for", "2h")
        #expect(
            paused.status == 0 && paused.output.contains("nothing new is sent before 2022-09-13T01:49:59Z"), "\(paused.message)")
        try await Self.mine(chain, poker, at: [Self.slot - 1, Self.slot + 11, Self.slot + 23])
        #expect(try await chain.provider.nonce(of: try #require(chain.accounts["keeper"]?.address), at: .pending) == 0)
        #expect(try poker.outcomes().contains { $0["refused"]?["reason"] == "an operator's pause" })
        #expect(try await Self.ask(poker, "pending", "list").output.contains("paused until 2022-09-13T01:49:59Z"))
        let resumed = try await Self.ask(poker, "resume")
        #expect(resumed.status == 0 && resumed.output == "resumed\n", "\(resumed.message)")
        try await Self.mine(chain, poker, at: (3..<9).map { Self.slot + 11 + 12 * $0 })
        #expect(poker.stop() == 0)
        #expect(try poker.outcomes().count { $0["minedWithEffect"] != nil } == 1)
        let orders = try poker.journal().filter { $0["kind"] == "order" }.compactMap { $0["order"]?.string }
        #expect(orders == ["pause for 7200 s", "resume"])
    }

    @Test("what is in flight is listed, taken back by its nonce, and a transaction takes its place; nothing is done twice")
    func cancel() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain)
        try await Self.mine(chain, poker, at: [Self.slot - 1, Self.slot + 11])
        let list = try await Self.ask(poker, "pending", "list")
        #expect(list.status == 0 && list.output.contains("nonce 0  poker-local/\(Self.slot)/"), "\(list.output)")
        let json = try JSONScanner.parse(Array(try await Self.ask(poker, "pending", "list", "--json").output.utf8))
        #expect(json.array?.first?["pending"]?.array?.first?["nonce"] == 0)
        let cancelled = try await Self.ask(poker, "pending", "cancel", "0")
        #expect(cancelled.status == 0 && cancelled.output.contains("is taken back"), "\(cancelled.message)")
        let unknown = try await Self.ask(poker, "pending", "cancel", "77")
        #expect(unknown.status == 65 && unknown.message.contains("nothing in flight is called 77"), "\(unknown.message)")
        try await Self.mine(chain, poker, at: (1..<8).map { Self.slot + 11 + 12 * $0 })
        #expect(poker.stop() == 0)
        let ends = try poker.outcomes().filter { $0["minedWithEffect"] != nil || $0["cancelled"] != nil }
        #expect(ends.count == 1, "\(ends)")
        #expect(try await chain.provider.nonce(of: try #require(chain.accounts["keeper"]?.address), at: .latest) == 1)
    }

    @Test("with no poker running a request is taken back, or left for the next start")
    func nobody() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain)
        try await Self.mine(chain, poker, at: [Self.slot - 601])
        #expect(poker.stop() == 0)
        let gone = try await Self.ask(poker, "pause", "--for", "1h", "--wait", "1s")
        #expect(gone.status == 75 && gone.message.contains("does it run?"), "\(gone.message)")
        let left = try await Self.ask(poker, "pause", "--until", "2022-09-13T01:00Z", "--wait", "0s", "--leave")
        #expect(left.status == 0 && left.output.contains("waits for the keeper"), "\(left.message)")
        let next = try PokerProcess(chain, continuing: poker)
        try await Self.mine(chain, next, at: [Self.slot - 301])
        _ = await next.log.line(after: 0) { $0.contains("an operator asks") }
        try await Self.mine(chain, next, at: [Self.slot - 1, Self.slot + 11, Self.slot + 23])
        #expect(try await chain.provider.nonce(of: try #require(chain.accounts["keeper"]?.address), at: .pending) == 0)
        #expect(next.stop() == 0)
        for arguments in [
            ["pause"], ["pause", "--for", "1h", "--until", "@5"], ["pause", "--for", "400d"], ["pause", "--for", "soon"],
        ] {
            let run = try ProgramRun.poker(arguments + ["--config", poker.config.path])
            #expect(run.status == 64, "\(arguments): \(run.message)")
        }
    }

    @Test(
        "a second process on the same store ends with 80; one with a store of its own too, while the first one's transaction is not final"
    )
    func second() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain)
        try await Self.mine(chain, poker, at: [Self.slot - 601])
        let again = try await Self.ask(poker, "run", "--rpc-url", chain.url)
        #expect(again.status == 80 && again.message.contains("another process has the store"), "\(again.message)")
        try await Self.mine(chain, poker, at: [Self.slot - 1, Self.slot + 11])
        // Another store, that knows the account as it was before.
        let other = try PokerProcess(chain)
        #expect(other.status() == 80, "\(other.log.lines)")
        #expect(other.log.lines.contains { $0.contains("another process uses the key") }, "\(other.log.lines)")
        try await Self.mine(chain, poker, at: (1..<7).map { Self.slot + 11 + 12 * $0 })
        #expect(poker.stop() == 0)
        let late = try PokerProcess(chain)
        try await Self.mine(chain, late, at: [Self.slot + 301])
        #expect(
            late.log.lines.contains { $0.contains("1 transactions that this store does not know; they are final") },
            "\(late.log.lines)")
        #expect(late.stop() == 0)
    }

    @Test("run --once sees a poke through, and ends at once where nothing is to be done")
    func once() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        for time in [Self.slot - 1, Self.slot + 11] { try await chain.mine(at: time) }
        let poker = try PokerProcess(chain, more: ["--once"])
        for index in 1..<6 as Range<UInt64> {
            let head = try await chain.provider.head()
            guard await poker.hasSeen(head) else { break }
            try await chain.mine(at: Self.slot + 11 + 12 * index)
        }
        #expect(poker.status() == 0, "\(poker.log.lines.suffix(3))")
        #expect(try await PokerRunTests.zzz(chain, "PIP_ETH") == Self.slot)
        let again = try PokerProcess(chain, more: ["--once"], continuing: poker)
        #expect(again.status() == 0, "\(again.log.lines.suffix(3))")
        #expect(try await chain.provider.nonce(of: try #require(chain.accounts["keeper"]?.address), at: .pending) == 1)
    }

    @Test("a retired keeper has nothing in flight, is refused by run, and leaves no key where it is told so")
    func retire() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain)
        try await Self.mine(chain, poker, at: [Self.slot - 1, Self.slot + 11])
        let running = try await Self.ask(poker, "retire", "--rpc-url", chain.url)
        #expect(running.status == 80, "\(running.message)")
        #expect(poker.stop() == 0)
        // The poke is in flight: it is seen through.
        let retiring = try PokerProcess(chain, verb: "retire", continuing: poker)
        for index in 1..<8 as Range<UInt64> {
            guard await retiring.hasSeen(try await chain.provider.head()) else { break }
            try await chain.mine(at: Self.slot + 11 + 12 * index)
        }
        #expect(retiring.status() == 0, "\(retiring.log.lines.suffix(3))")
        let refused = try await Self.ask(poker, "run", "--rpc-url", chain.url)
        #expect(refused.status == 77 && refused.message.contains("was retired"), "\(refused.message)")
        let key = poker.config.deletingLastPathComponent().appending(path: "key")
        let funded = try await Self.ask(poker, "retire", "--delete-key", "--rpc-url", chain.url)
        #expect(funded.status == 77 && funded.message.contains("move it first") && Project.exists(key), "\(funded.message)")
        let gone = try await Self.ask(poker, "retire", "--delete-key", "--abandon-funds", "--rpc-url", chain.url)
        #expect(gone.status == 0 && gone.output.contains("is retired") && !Project.exists(key), "\(gone.message)")
        let left = try await Self.ask(poker, "resume", "--leave", "--wait", "0s")
        #expect(left.status == 0)
        try (chain.accounts["keeper"]?.key ?? "").write(to: key, atomically: true, encoding: .utf8)
        let back = try PokerProcess(chain, continuing: poker)
        try await Self.mine(chain, back, at: [Self.slot + 301])
        #expect(back.stop() == 0)
    }

    @Test("told to stop while it begins, beside a node that does not answer, it ends at once with 0", arguments: [false, true])
    func early(isAsked: Bool) async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let (requests, asked) = AsyncStream<Void>.makeStream()
        let silent = try CannedServer(stallAfter: 0) { _ in
            asked.yield()
            return "{}"
        }
        let poker = try PokerProcess(
            chain, rpc: "{ endpoints: [{ name: silent, url: \"\(silent.url)\" }], quorum: 1, timeout: 120s }")
        if isAsked {
            _ = await requests.first { _ in true }
        } else {
            // Told before the first node is asked.
            _ = await poker.log.line(after: 0) { $0.contains("others than its owner can read") }
        }
        #expect(poker.stop() == 0)
        #expect(!poker.log.lines.contains { $0.contains("started") })
        // It listens to the end.
        withExtendedLifetime(silent) {}
    }
}
