import ArgumentParser
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
        return try JournalFile(path: path)
    }
}
