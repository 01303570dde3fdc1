import EthPrimitives
import KeeperCore

extension KeeperConfiguration {
    /// Reads the common keys; the keeper's own section is left to the keeper.
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self {
        let version = try root.required("version", root.integer("version"))
        guard version == 1 else { throw ConfigError("version", "expected 1, got \(version)") }
        let chain = try root.section("chain")
        let rpc = try root.section("rpc")
        let transactions = try root.section("transactions")
        let log = try root.section("log")
        let clock = try root.word("clock", TimeSource.self) ?? .wall
        let id = ChainID(try chain.required("id", chain.integer("id")))
        if clock == .chain, let name = PublicChain.name(of: id) {
            throw ConfigError("clock", "clock: chain is for local chains, and \(id) is \(name)")
        }
        return try Self(
            name: root.required("name", root.text("name")),
            mode: root.word("mode", KeeperMode.self) ?? .backup,
            clock: clock,
            chainID: id,
            chainlog: chain.address("chainlog"),
            endpoints: endpoints(rpc),
            timeout: rpc.seconds("timeout") ?? 10,
            maxHeadAge: rpc.seconds("maxHeadAge") ?? 60,
            idleInterval: rpc.seconds("idleInterval") ?? 60,
            pollMilliseconds: clock == .chain ? 10 : 2000,
            windowBefore: rpc.seconds("windowBefore") ?? 120,
            policy: policy(transactions),
            minPriorityFeePerGas: transactions.wei("minPriorityFeePerGas") ?? Wei(10_000_000),
            gasLimitMargin: transactions.percent("gasLimitMargin") ?? 8,
            from: transactions.address("from"),
            signer: signer(root),
            journal: root.text("journal"),
            log: LogConfiguration(
                format: log.word("format", LogConfiguration.Format.self) ?? .text,
                level: log.word("level", LogConfiguration.Level.self) ?? .info))
    }

    private static func endpoints(_ rpc: ConfigReader) throws(ConfigError) -> [EndpointConfiguration] {
        var endpoints: [EndpointConfiguration] = []
        for element in try rpc.list("endpoints") ?? [] {
            let reader = try rpc.section(of: element)
            let url = try reader.required("url", reader.reference("url"))
            endpoints.append(EndpointConfiguration(name: try reader.text("name") ?? "node\(endpoints.count + 1)", url: url))
        }
        guard endpoints.count <= 1 else {
            throw ConfigError(
                "rpc.endpoints", "expected one endpoint, got \(endpoints.count): several nodes are not supported yet")
        }
        return endpoints
    }

    private static func policy(_ reader: ConfigReader) throws(ConfigError) -> SpendingPolicy {
        SpendingPolicy(
            maxFeePerGas: try reader.wei("maxFeePerGas") ?? .gwei(60),
            maxGasLimit: try reader.integer("maxGasLimit") ?? 1_500_000,
            maxSpendPerTransaction: try reader.wei("maxSpendPerTransaction") ?? Wei(50_000_000_000_000_000),
            maxSpendPerDay: try reader.wei("maxSpendPerDay") ?? Wei(500_000_000_000_000_000),
            bumpAfterBlocks: try reader.integer("bumpAfterBlocks") ?? 2,
            confirmations: try reader.integer("confirmations") ?? 3)
    }

    private static func signer(_ root: ConfigReader) throws(ConfigError) -> SignerConfiguration? {
        guard root.has("signer") else { return nil }
        let reader = try root.section("signer")
        return try reader.reference("privateKey").map { SignerConfiguration(privateKey: $0) }
    }
}

/// Chains whose money is real, or whose other users are.
enum PublicChain {
    private static let names: [ChainID: String] = [
        1: "mainnet", 10: "OP Mainnet", 56: "BNB Smart Chain", 100: "Gnosis", 137: "Polygon", 324: "ZKsync Era", 8453: "Base",
        42161: "Arbitrum One", 43114: "Avalanche", 59144: "Linea", 534352: "Scroll", 17000: "Holesky", 560048: "Hoodi",
        11155111: "Sepolia",
    ]

    static func name(of id: ChainID) -> String? { names[id] }
}
