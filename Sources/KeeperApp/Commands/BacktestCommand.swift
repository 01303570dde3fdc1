internal import EthCodec
import ArgumentParser
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore

/// `backtest`: the same keeper over a recording.
struct BacktestCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backtest", abstract: "Replay a cassette: what this keeper would have done, against a baseline.")
    }

    @OptionGroup var options: ConfigOptions

    @Option(help: "The recording.")
    var cassette: String?

    @OptionGroup(title: "Strategies") var study: StudyOptions

    @Option(help: ArgumentHelp("Begin with this block: its number, a time, or @ and unix seconds.", valueName: "place"))
    var from: String?

    @Option(help: ArgumentHelp("End with this block, likewise.", valueName: "place"))
    var to: String?

    @Option(help: "Write the decision log to this file.")
    var decisions: String?

    /// 0.096 gwei is the mean base fee with a tip of mainnet blocks 24,337,593 to 24,338,092 (2026-01-29).
    @Option(name: .customLong("fees-now"), help: "Price of gas at which the saving is shown once more.")
    var feesNow = "0.096 gwei"

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func validate() throws {
        if study.strategy != "list", (cassette == nil) == (study.scenario == nil) {
            throw ValidationError("expected one of --cassette and --scenario")
        }
        _ = try nowFee()
        _ = try CassetteRange(from: from, to: to)
    }

    private func nowFee() throws -> Wei {
        let fee: Wei
        do { fee = try Wei(parsing: feesNow) } catch { throw ValidationError("--fees-now: \(error)") }
        guard fee <= .ether(1) else { throw ValidationError("--fees-now: expected at most 1 ether per gas, got \(fee)") }
        return fee
    }

    func run() async throws {
        if study.strategy == "list" { return StudyRunner<P>.printStrategies() }
        let range = try CassetteRange(from: from, to: to)
        if let scenario = study.scenario {
            let runner = StudyRunner<P>(
                options: study, config: options, range: range, feesNow: try nowFee(), json: json)
            return try await runner.run(scenario)
        }
        if let cassette { try await replay(cassette, range) }
    }

    private func replay(_ cassette: String, _ range: CassetteRange?) async throws {
        let wiring = try Wiring<P>(options.loader(readsNodeVariables: false))
        let usable = try UsableRecording(path: cassette, range: range, chain: wiring.common.chainID)
        let recording = usable.cassette
        let provider = Provider(ReplayingTransport(recording))
        let keeper = try await wiring.keeper(sender: nil, at: usable.setupHead, through: provider)
        let world = P.backtest(keeper, wiring.common, feesNow: try nowFee())
        let evidence = recording.evidenceByHead
        if let decisions, FileManager.default.fileExists(atPath: decisions) {
            throw ConfigError("--decisions", "\(decisions) exists already: a backtest starts a new one")
        }
        let journal =
            try decisions.map { path throws(JournalError) in
                try Journal(path: path)
            } ?? Journal()
        let runner = KeeperRunner(
            BacktestKeeper(keeper, in: world, evidence: { evidence[$0.hash] ?? [] }), provider: provider, executor: world,
            journal: journal, logger: wiring.logger)
        var memory = keeper.initialMemory
        var progress = Progress("replaying", total: recording.heads.count)
        for (index, head) in recording.heads.enumerated() {
            let tick = try await runner.tick(at: head, memory: &memory)
            world.take(tick.decision, at: head)
            progress.update(index + 1)
        }
        if let alteration = recording.alteration { throw alteration }
        let report = world.report(decisions: Hex.encodeUnprefixed(journal.digest.bytes))
        Terminal.print(json ? report.json.sortedText : report.text)
    }
}
