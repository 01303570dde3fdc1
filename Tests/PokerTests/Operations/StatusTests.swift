import EthCodec
import Foundation
import TestSupport
import Testing

/// `poker status` beside a running poker, and without one.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct StatusTests {
    private static let slot = PokerRunTests.midnight

    private static func ask(_ poker: PokerProcess, _ chain: LocalChain, _ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.awaiting(
            Project.poker, ["status", "--config", poker.config.path, "--rpc-url", chain.url] + arguments,
            environment: ["KEY_FILE": poker.config.deletingLastPathComponent().appending(path: "key").path])
    }

    @Test("the work, the last transaction, the day, the wallet and the nodes are told, for people and for machines")
    func status() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let port = try Project.freePort()
        let poker = try PokerProcess(chain, sections: ["ops: { listen: \"127.0.0.1:\(port)\" }"])
        _ = try #require(await poker.operations())
        for time in [Self.slot - 1] + (0..<9).map({ Self.slot + 11 + 12 * $0 }) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
        let run = try await Self.ask(poker, chain)
        #expect(run.status == 0 && run.message.isEmpty, "\(run.message)")
        let lines = run.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 11, "\(run.output)")
        #expect(
            lines[0].hasPrefix("poker-local  PRIMARY  healthy   up ")
                && lines[0].hasSuffix("   00:00:00Z done at 00:00:23Z, nothing due"))
        #expect(lines[1].hasPrefix("oracle ") && lines[1].hasSuffix("next"))
        #expect(lines[3].hasPrefix("PIP_ETH") && lines[3].contains("valid") && lines[3].hasSuffix("01:00:00Z in 59m"))
        #expect(lines[6].hasPrefix("last tx   0x") && lines[6].hasSuffix(" confirmations"))
        #expect(lines[7].hasPrefix("24 h      1/1 on time · late p50 23 s, max 23 s · failed 0, starved 0 · "))
        #expect(lines[8].contains(" pending 0   nonce 1") && lines[8].contains(" at the last day's cost"))
        #expect(lines[9].hasPrefix("nodes     rpc-url head -0"))
        #expect(run.output.contains("alerts: none"))
        let json = try JSONScanner.parse(Array(try await Self.ask(poker, chain, "--json").output.utf8))
        #expect(json["process"]?["ready"] == true && json["day"]?["onTime"] == 1 && json["standing"]?.array?.count == 4)
        #expect(poker.stop() == 0)

        let after = try await Self.ask(poker, chain)
        #expect(after.status == 0 && after.output.contains("no process answers at 127.0.0.1:\(port)"), "\(after.output)")
        #expect(after.output.contains("1/1 on time"))

        let dark = try await ProgramRun.awaiting(
            Project.poker, ["status", "--config", poker.config.path, "--rpc-url", "http://127.0.0.1:1"],
            environment: ["KEY_FILE": poker.config.deletingLastPathComponent().appending(path: "key").path])
        #expect(
            dark.status == 69 && dark.output.contains("NO NODE ANSWERS") && dark.output.contains("1/1 on time"), "\(dark.output)")
        #expect(!dark.output.contains("oracle "))
    }

    @Test("without a store, and without ops.listen, what is not there is said")
    func bare() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let folder = try Project.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }  // the next run makes another
        let config = folder.appending(path: "poker.yaml")
        try PokerProcess.configuration(chain, store: folder.appending(path: "none.sqlite").path)
            .write(to: config, atomically: true, encoding: .utf8)
        let run = try await ProgramRun.awaiting(
            Project.poker, ["status", "--config", config.path, "--rpc-url", chain.url], environment: ["KEY_FILE": "/dev/null"])
        #expect(run.status == 0 && run.message.contains("there is no store at"), "\(run.message)")
        #expect(run.output.contains("without ops.listen") && run.output.contains("PIP_SKY"), "\(run.output)")
    }
}
