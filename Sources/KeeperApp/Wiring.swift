import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
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

    /// The transport to the configured node.
    func transport() throws -> any Transport {
        guard let endpoint = common.endpoints.first else {
            throw ConfigError("rpc.endpoints", "expected an endpoint: set it in the file, by ETH_RPC_URL or by --rpc-url")
        }
        let url = try endpoint.url.read()
        do {
            return try HTTPTransport(label: endpoint.name, url: url, timeout: Int64(clamping: common.timeout))
        } catch {
            throw ConfigError(endpoint.url.key, origin: endpoint.url.origin, error.message)
        }
    }

    /// Refuses a node on another chain.
    func checkChain(_ provider: Provider) async throws {
        let id = try await provider.chainID()
        guard id == common.chainID else {
            let name = common.endpoints.first?.name ?? "node"
            throw ConfigError("chain.id", "expected chain \(common.chainID), the node \"\(name)\" is on chain \(id)")
        }
    }

    func journal() throws -> Journal {
        try common.journal.map { path throws(JournalError) in try Journal(path: path) } ?? Journal()
    }

    /// The signer of `run`. Nothing else makes one.
    func signer() throws -> any Signer {
        guard let signer = common.signer else { throw ConfigError("signer", "run needs a signer: set signer.privateKeyFile") }
        let text = try signer.privateKey.read()
        do {
            return LocalSigner(try PrivateKey(hex: text.reveal()))
        } catch {
            throw ConfigError("signer.privateKey", "expected a private key of 64 hexadecimal digits")
        }
    }

    /// The keeper, with names resolved at the head.
    func keeper(sender: Address?, at head: BlockHeader, through provider: Provider) async throws -> P.K {
        try await RecordingScope.$head.withValue(head) {
            try await P.keeper(configuration, common, sender: sender ?? common.from, at: head, through: provider)
        }
    }
}
