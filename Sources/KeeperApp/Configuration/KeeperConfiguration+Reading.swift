import EthPrimitives
import EthTransactions
import KeeperCore

extension KeeperConfiguration {
    /// Reads the common keys; the keeper's own section is left to the keeper.
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self {
        _ = try root.required("version", .whole(in: 1...1), "version of the form of this configuration")
        root.note(
            .key(
                ConfigKey(
                    "include", .include,
                    "files read before this one, relative to it; their keys give way to those of this file")))
        let name = try root.required("name", .text, "label on every metric, log line, decision and alert")
        let mode = try root.value(
            "mode", .word, default: KeeperMode.backup, "backup: only if nobody else has acted; primary: at once")
        let clock = try root.value("clock", .word, default: TimeSource.wall, "wall, or chain: block time, on local chains only")
        let chain = try root.section("chain", "the chain, by its id, and what is not known of it beforehand")
        let id = ChainID(try chain.required("id", .whole, "a node on any other chain is refused"))
        let rpc = try root.section("rpc", "the nodes, and how far they are believed")
        let nodes = try NodesConfiguration(rpc)
        let preset = ChainPreset.of(id, hosts: nodes.endpoints.compactMap(\.host))
        if clock == .chain, preset.isPublic {
            throw ConfigError("clock", "clock: chain is for local chains, and \(id) is \(preset.name)")
        }
        let transactions = try root.section("transactions", "what a transaction may cost, and when it is replaced")
        let policy = try policy(transactions)
        return try Self(
            name: name,
            mode: mode,
            clock: clock,
            chainID: id,
            chainlog: chain.value(
                "chainlog", .address, default: preset.chainlog, from: "known for \(preset.name)",
                "the protocol's directory of addresses"),
            fork: chain.value(
                "fork", .fork,
                "whose rules hold, on a chain whose node does not tell and whose id is not known"),
            finality: preset.finality == .tag ? .tag : .depth(max(1, policy.confirmations)),
            slots: slots(chain, clock == .wall ? preset : nil),
            nodes: nodes,
            maxHeadAge: rpc.value("maxHeadAge", .seconds, default: 60, "an older head is not acted on"),
            idleInterval: rpc.value(
                "idleInterval", .seconds, default: 60, "from one observation to the next when nothing is near"),
            pollMilliseconds: clock == .chain ? 10 : 2000,
            windowBefore: rpc.value(
                "windowBefore", .seconds, default: 120, "before a slot: every block is observed from then on"),
            policy: policy,
            minPriorityFeePerGas: transactions.value(
                "minPriorityFeePerGas", .wei, default: Wei(10_000_000), "floor of the priority fee"),
            gasLimitMargin: transactions.value(
                "gasLimitMargin", .percent, default: 8, "on top of the gas that every inner call needs"),
            from: transactions.value("from", .address, "sender that dry-run names in simulations"),
            signer: SignerConfiguration.read(root),
            store: root.value(
                "store", .text, "file of what is in flight, the journal of decisions and the keeper's memory; run needs it"),
            log: LogConfiguration(root.section("log", "how logs are written")),
            ops: OpsConfiguration.read(root),
            alerts: AlertsConfiguration.read(root))
    }

    /// Slots that the configuration gives, length and phase together, or those that are known.
    private static func slots(_ chain: ConfigReader, _ preset: ChainPreset?) throws(ConfigError) -> SlotTiming? {
        let known = chain.has("slotLength") ? nil : preset?.slots
        let source = "known for \(preset?.name ?? "no chain")"
        let length = try chain.value(
            "slotLength", .someSeconds, default: known?.length, from: source,
            "from one block to the next, where they have their times")
        let phase = try chain.value(
            "slotPhase", .seconds, default: known?.phase ?? (length == nil ? nil : 0), from: source,
            "start of a slot: unix time modulo slotLength")
        try chain.require("slotPhase", with: "slotLength", "expected slotLength with it")
        return length.map { SlotTiming(length: $0, phase: phase ?? 0) }
    }

    private static func policy(_ reader: ConfigReader) throws(ConfigError) -> SpendingPolicy {
        SpendingPolicy(
            maxFeePerGas: try reader.value("maxFeePerGas", .wei, default: .gwei(60), "hard cap of a transaction's price of gas"),
            maxGasLimit: try reader.value("maxGasLimit", .whole, default: 1_500_000, "hard cap of a transaction's gas limit"),
            maxSpendPerTransaction: try reader.value(
                "maxSpendPerTransaction", .wei, default: Wei(50_000_000_000_000_000), "hard cap of gas limit times maxFeePerGas"),
            maxSpendPerDay: try reader.value(
                "maxSpendPerDay", .wei, default: Wei(500_000_000_000_000_000), "hard cap of what a day's transactions can cost"),
            bumpAfterBlocks: try reader.value(
                "bumpAfterBlocks", .whole, default: 2,
                "blocks without it after which a transaction is replaced, both fees 12.5 % higher"),
            confirmations: try reader.value(
                "confirmations", .whole, default: 3,
                "depth at which a poke without effect is tried again; on local chains also final"))
    }
}

extension LogConfiguration {
    fileprivate init(_ log: ConfigReader) throws(ConfigError) {
        format = try log.value("format", .word, default: .text, "how a line looks")
        level = try log.value("level", .word, default: .info, "the least that is told")
    }
}
