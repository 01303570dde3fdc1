import EthPrimitives
import EthRPC
import KeeperCore
import Logging

/// Where parts are put together.
struct Wiring<P: KeeperProgram> {
    let common: KeeperConfiguration
    let configuration: P.Configuration

    /// Reads and checks the whole configuration.
    init(_ loader: ConfigLoader) throws(ConfigError) {
        let root = try ConfigReader(try loader.load())
        common = try KeeperConfiguration.read(root)
        configuration = try P.configuration(try root.section(P.name), common)
        try root.rejectUnknownKeys()
        try P.check(configuration, common)
    }

    var logger: Logger {
        var logger = Logger(label: P.name) { _ in KeeperLogHandler(common.log) }
        logger[metadataKey: "keeper"] = .string(common.name)
        return logger
    }

    func journal() throws -> Journal {
        try common.journal.map { path throws(JournalError) in try Journal(path: path) } ?? Journal()
    }

    /// The keeper, with names resolved at the head.
    func keeper(sender: Address?, at head: BlockHeader, through provider: Provider) async throws -> P.K {
        try await RecordingScope.$head.withValue(head) {
            try await P.keeper(configuration, common, sender: sender ?? common.from, at: head, through: provider)
        }
    }
}
