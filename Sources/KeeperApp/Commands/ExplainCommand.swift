internal import EthCodec
import ArgumentParser
import EthPrimitives
import KeeperCore
import KeeperStore
import KeeperTransactions

/// `explain`: what the keeper did, or did not do, and why.
struct ExplainCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "explain",
            abstract: "Tell from the journal what was done in a slot, and why, or why not; goes to no node.",
            discussion: """
                Also beside the running keeper. A slot is named by a time in it, by a block, by an intent or by a transaction:
                  \(P.name) explain 15:00 --config my.yaml                 the newest 15:00 UTC in the journal
                  \(P.name) explain 2026-01-29T15:00Z --config my.yaml
                  \(P.name) explain 0x7d1e… --config my.yaml

                Exit codes: 0 told; 65 the journal is damaged, or does not know what is asked about.
                """)
    }

    @Argument(
        help: ArgumentHelp(
            "A time such as 15:00 or 2026-01-29T15:00Z, @ and unix seconds, a block, an intent's id, or a transaction's hash.",
            valueName: "slot|id|tx"))
    var what: String

    @OptionGroup var options: ConfigOptions
    @OptionGroup var source: JournalOptions

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func validate() throws {
        guard ExplainedThing(text: what) != nil else {
            throw ValidationError(
                "expected a time such as 15:00 or 2026-01-29T15:00Z, @ and unix seconds, a block's number, an intent's id or a "
                    + "transaction's hash, got \"\(what)\"")
        }
    }

    func run() async throws {
        let wiring = try Wiring<P>(options.loader(readsNodeVariables: false))
        let file = try source.opened(wiring.common.store)
        guard let thing = ExplainedThing(text: what) else { return }
        let search = JournalSearch(file) { P.epoch(at: $0, wiring.configuration) }
        guard let period = try search.period(of: thing) else {
            throw UnknownThing(description: "the journal \(file.path) says nothing of \(what)")
        }
        var explanation = Explanation()
        let end = try file.each { line in
            guard let time = line.json["time"]?.uint64, period.contains(time) || search.isAbout(period, line) else { return }
            explanation.take(line)
        }
        JournalOptions.tell(end)
        let report = ExplanationReport(title: title(thing, period), period: period, explanation: explanation)
        Terminal.print(json ? report.json.sortedText : report.text)
    }

    private func title(_ thing: ExplainedThing, _ period: Range<UInt64>) -> String {
        switch thing {
        case .intent(let id): "\(id)"
        case .transaction(let hash): "\(hash)"
        case .clock, .time, .block: "slot \(UTC.clock(period.lowerBound))"
        }
    }
}

/// Something that no line of the journal is about.
private struct UnknownThing: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }
}
