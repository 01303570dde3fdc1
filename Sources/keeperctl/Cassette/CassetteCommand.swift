import ArgumentParser
import EthRPC
import KeeperApp

/// `cassette`: what was recorded, whether it is whole, and parts of it.
struct CassetteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cassette", abstract: "Look at recordings, check them, cut them, compare them, make them fit to be shared.",
        discussion:
            "All of them read files of any length in bounded memory. The format is described in Documentation/cassette.md.",
        subcommands: [Info.self, Verify.self, Trim.self, Diff.self, Redact.self])
}

/// The new file of a command that makes one.
struct NewRecording: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write, compressed if it ends in .gz; none is replaced.", valueName: "path"),
        completion: .file())
    var output: String

    /// A recording whose end is missing can be worked with; whoever does should know.
    static func noteUnfinished(_ path: String) {
        Terminal.note("note: \(path) has no closing line: it was cut off or is still being written")
    }
}
