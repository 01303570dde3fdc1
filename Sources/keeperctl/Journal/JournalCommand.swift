import ArgumentParser
import KeeperApp
import KeeperCore
import KeeperStore

/// `journal`: what a keeper decided, and whether all of it is there.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Look at a keeper's decision log, and check it.",
        discussion: """
            It is the journal of a keeper's store, or a file of lines, as dry-run --decisions, backtest --decisions and store export \
            --journal write them. Both read only, also beside who writes, logs of any length in bounded memory.
            """,
        subcommands: [Show.self, Verify.self])
}

/// The decision log that a command reads.
struct JournalPath: ParsableArguments {
    @Argument(help: "The journal: a keeper's store, or a decision log in a file.", completion: .file())
    var journal: String

    /// Hands on all lines, each once it was found to follow the one before, and notes what a crash left behind them.
    /// - Throws: `OperationError`; 65 where there is no journal, or a damaged one. And what the body throws.
    func each(_ body: (JournalLine) throws -> Void) throws -> JournalEnd {
        do {
            let end = try JournalFile(path: journal).each(body)
            if end.unfinishedBytes > 0 {
                Terminal.note(
                    "note: \(journal) ends within a line, after \(Table.grouped(end.unfinishedBytes)) bytes of it: it was cut off or is still being written"
                )
            }
            return end
        } catch let error as StoreError {
            throw OperationError(error)
        }
    }
}
