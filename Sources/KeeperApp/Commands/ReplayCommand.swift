internal import EthCodec
import ArgumentParser
import EthPrimitives
import KeeperCore
import KeeperStore

/// `replay`: derives the decisions of a journal again.
struct ReplayCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replay",
            abstract: "Derive every decision of a journal again from the facts that it was made from; goes to no node.",
            discussion: """
                Without --diff, the decisions that this version made with this configuration are derived again and must be the same, \
                byte for byte. With --diff, all decisions are, whatever version and configuration made them: those that this version \
                with this configuration would make otherwise are listed. So an upgrade, or a new threshold, is tried on the past.
                  \(P.name) replay --diff --config new.yaml --journal /var/lib/keeperkit/\(P.name).sqlite

                Exit codes: 0 all the same; 65 a decision differs, or the journal is damaged, or holds none to compare.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var source: JournalOptions

    @Flag(help: "Compare with decisions of other versions and configurations, and list those that differ.")
    var diff = false

    @Option(help: "List at most this many differences.")
    var limit = 20

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func validate() throws { if limit < 0 { throw ValidationError("--limit: expected 0 or more, got \(limit)") } }

    func run() async throws {
        let wiring = try Wiring<P>(options.loader(readsNodeVariables: false))
        let file = try source.opened(wiring.common.store)
        var replay = JournalReplay(wiring, comparesAll: diff)
        let start = ContinuousClock.now
        let end = try file.each { try replay.take($0) }
        let elapsed = start.duration(to: .now)
        JournalOptions.tell(end)
        let report = ReplayReport(replay, end, elapsed: elapsed, limit: limit)
        Terminal.print(json ? report.json.sortedText : report.text)
        if replay.derived == 0 { throw ReplayFinding(description: report.nothing) }
        guard replay.differences.isEmpty else {
            let count = replay.differences.count
            throw ReplayFinding(
                description:
                    "\(count) of \(replay.derived) decisions \(diff ? "would be other ones" : "are not derived as they were made")"
            )
        }
    }
}

/// What a replay ends with that is not well.
private struct ReplayFinding: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }
}
