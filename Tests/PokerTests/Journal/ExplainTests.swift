import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

/// `poker explain` over the journal of a real run.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ExplainTests {
    @Test("a slot, an intent and a transaction are explained in words, beside the running poker; what nobody knows ends with 65")
    func explain() async throws {
        let chain = try await LocalChain(genesisTime: PokerRunTests.midnight - 1800)
        let poker = try PokerProcess(chain)
        for time in PokerRunTests.times(of: PokerRunTests.midnight) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
        func explain(_ arguments: String...) async throws -> ProgramRun {
            try await ProgramRun.awaiting(
                Project.poker, ["explain"] + arguments + ["--config", poker.config.path], environment: ["KEY_FILE": "none"])
        }
        let slot = try await explain("00:00")
        #expect(slot.status == 0, "\(slot.message)")
        for words in [
            "due: PIP_BTC PIP_ETH PIP_WSTETH PIP_SKY", "sent poker-local/", "not final yet", "every oracle that can be poked",
        ] {
            #expect(slot.output.contains(words), "\(words): \(slot.output)")
        }
        let done = try #require(try poker.outcomes().compactMap { $0["minedWithEffect"] }.first)
        let hash = try #require(done["mined"]?["hash"]?.string)
        let id = "poker-local/\(PokerRunTests.midnight)/\(done["intent"]?["target"]?.string ?? "")"
        for name in [hash, id, "2022-09-13T00:30Z", "@\(PokerRunTests.midnight)"] {
            let run = try await explain(name)
            #expect(run.status == 0 && run.output.contains(hash), "\(name): \(run.output) \(run.message)")
        }
        let before = try await explain("2022-09-12T23:55")
        #expect(before.status == 0 && before.output.contains("the next slot begins"), "\(before.output)")
        let json = try JSONScanner.parse(Array(try await explain("00:00", "--json").output.utf8))
        #expect(json["sent"] == .array([.string(hash)]) && (json["entries"]?.array?.count ?? 0) >= 4)
        let unknown = try await explain("0x" + String(repeating: "ab", count: 32))
        #expect(unknown.status == 65 && unknown.message.contains("says nothing of"), "\(unknown.message)")
        #expect(try await explain("25:00").status == 64)
        for name in ["poker-local/\(PokerRunTests.midnight)/PIP_NONE", "other\(id.dropFirst("poker-local".count))"] {
            #expect(try await explain(name).status == 65, "\(name)")
        }
        // Times at which no block can be, and what would colour the screen.
        for name in ["@\(UInt64.max)", "@\(UInt64.max - 3599)", "@\(UInt64(1) << 40)", "poker-local/\(UInt64.max)/\u{1B}[31m"] {
            let run = try await explain(name)
            #expect(run.status == 65 && run.message.contains("says nothing of"), "\(name): \(run.message)")
            #expect(!run.message.contains("\u{1B}"))
        }
        #expect(poker.stop() == 0)
    }
}
