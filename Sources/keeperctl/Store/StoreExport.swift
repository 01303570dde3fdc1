import ArgumentParser
import KeeperApp
import KeeperCore
import KeeperStore

extension StoreCommand {
    /// `store export`: all of a store as lines.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print records and journal as JSON Lines.",
            discussion: """
                Each line says its kind, record or journal, its number and when it was written (unix seconds). With --journal the \
                journal's lines come as they are, each with the hash of the one before. What is not what was written ends the \
                export with exit code 65; the lines before it are right.
                """)

        @OptionGroup var path: StorePath
        @Flag(help: "Print only the journal, as a decision log is kept in a file.")
        var journal = false

        func run() throws {
            let file = try path.opened()
            var lines = OutputLines()
            defer { lines.flush() }
            try StorePath.of { () throws(StoreError) in try file.export(journal ? .journal : .all) { lines.print($0) } }
        }
    }
}
