import EthPrimitives
import EthRPC
import KeeperCore
import Logging

/// Where parts are put together.
struct Wiring<P: KeeperProgram> {
    let common: KeeperConfiguration
    let configuration: P.Configuration
    /// Stands for everything in the configuration that decisions depend on.
    let digest: B256
    /// Another one in tests.
    var environment = RunEnvironment.real

    /// Reads and checks the whole configuration.
    init(_ loader: ConfigLoader) throws(ConfigError) {
        let value = try loader.load()
        self = try Self(ConfigReader(value), digest: value.decisionDigest())
    }

    /// Reads and checks everything that a reader has. Afterwards the reader knows what was asked for.
    init(_ root: ConfigReader, digest: B256) throws(ConfigError) {
        common = try KeeperConfiguration.read(root)
        configuration = try P.configuration(try root.section(P.name, P.summary), common)
        try root.rejectUnknownKeys()
        try P.check(configuration, common)
        self.digest = digest
    }

    var logger: Logger {
        var logger = Logger(label: P.name) { _ in KeeperLogHandler(common.log) }
        logger[metadataKey: "keeper"] = .string(common.name)
        return logger
    }

    /// What the keeper looks up before its first head.
    func setup(sender: Address?, at head: BlockHeader, through provider: Provider) async throws -> P.Setup {
        try await RecordingScope.$head.withValue(head) {
            try await P.setup(configuration, common, sender: sender ?? common.from, at: head, through: provider)
        }
    }

    /// The keeper, with names resolved at the head.
    func keeper(sender: Address?, at head: BlockHeader, through provider: Provider) async throws -> P.K {
        try P.keeper(configuration, common, try await setup(sender: sender, at: head, through: provider))
    }
}
