import ArgumentParser
import EthCodec
import KeeperApp
import KeeperCore
import KeeperStore

extension StoreCommand {
    /// `store backup`: a copy of a store.
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a store as it is now, also while its keeper runs.",
            discussion: """
                The copy is checked before it stands under its name. Copying the file by other means misses what is in the log beside \
                it. A keeper that starts with a copy knows nothing of what was sent since: let it start with an empty store instead, \
                if that may be much.
                """)

        @OptionGroup var path: StorePath
        @Option(
            name: .shortAndLong, help: ArgumentHelp("The file to write; none is replaced.", valueName: "path"),
            completion: .file())
        var output: String
        @OptionGroup var format: OutputOptions

        func run() throws {
            let file = try path.opened()
            let copy = try StorePath.of { () throws(StoreError) in
                try file.backup(to: output)
                return try StoreFile(path: output).report()
            }
            format.show(
                .object([
                    "file": .string(output), "bytes": .integer(copy.bytes),
                    "records": .integer(copy.accounts.reduce(0) { $0 + $1.records }), "journalLines": .integer(copy.journalLines),
                ]))
        }
    }
}
