import ArgumentParser
import KeeperCore
import KeeperStore

/// The journal that a verb reads.
struct JournalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The decision log to read, a store or a file of lines; without, the store of the configuration.", valueName: "path"),
        completion: .file())
    var journal: String?

    /// - Throws: `ConfigError` where neither names one, `StoreError`.
    func opened(_ store: String?) throws -> JournalFile {
        guard let path = journal ?? store else {
            throw ConfigError("store", "the key is missing: name a decision log by --journal")
        }
        do throws(StoreError) { return try JournalFile(path: path) } catch {
            guard error.code == .failed else { throw error }
            // What is not there to be read does not come by waiting.
            throw StoreError(.damaged, error.description)
        }
    }

    /// Says of a file of lines that it ends within one: what a crash leaves, or a process that writes just now.
    static func tell(_ end: JournalEnd) {
        guard end.unfinishedBytes > 0 else { return }
        Terminal.note("note: the journal ends within a line, of which \(end.unfinishedBytes) bytes are left out")
    }
}
