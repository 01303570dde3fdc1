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
        let nodes = try NodesConfiguration(rpc)
        let clock = try root.word("clock", TimeSource.self) ?? .wall
        let id = ChainID(try chain.required("id", chain.integer("id")))
        let preset = ChainPreset.of(id, hosts: nodes.endpoints.compactMap(\.host))
        if clock == .chain, preset.isPublic {
            throw ConfigError("clock", "clock: chain is for local chains, and \(id) is \(preset.name)")
        }
        return try Self(
            name: root.required("name", root.text("name")),
            mode: root.word("mode", KeeperMode.self) ?? .backup,
            clock: clock,
            chainID: id,
            chainlog: chain.address("chainlog") ?? preset.chainlog,
            finality: preset.finality == .tag ? .tag : .depth(max(1, policy(transactions).confirmations)),
            slots: slots(chain) ?? (clock == .wall ? preset.slots : nil),
            nodes: nodes,
            maxHeadAge: rpc.seconds("maxHeadAge") ?? 60,
            idleInterval: rpc.seconds("idleInterval") ?? 60,
            pollMilliseconds: clock == .chain ? 10 : 2000,
            windowBefore: rpc.seconds("windowBefore") ?? 120,
            policy: policy(transactions),
            minPriorityFeePerGas: transactions.wei("minPriorityFeePerGas") ?? Wei(10_000_000),
            gasLimitMargin: transactions.percent("gasLimitMargin") ?? 8,
            from: transactions.address("from"),
            signer: SignerConfiguration.read(root),
            store: root.text("store"),
            log: LogConfiguration(
                format: log.word("format", LogConfiguration.Format.self) ?? .text,
                level: log.word("level", LogConfiguration.Level.self) ?? .info),
            ops: OpsConfiguration.read(root))
    }

    /// Slots that the configuration gives; both keys or none.
    private static func slots(_ chain: ConfigReader) throws(ConfigError) -> SlotTiming? {
        let length = try chain.seconds("slotLength")
        let phase = try chain.seconds("slotPhase")
        guard let length else {
            if phase != nil { throw chain.error("slotPhase", "expected slotLength with it") }
            return nil
        }
        guard length > 0 else { throw chain.error("slotLength", "expected at least 1s, got 0s") }
        return SlotTiming(length: length, phase: phase ?? 0)
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
}
