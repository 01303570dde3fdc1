import EthContracts
import EthPrimitives
import EthRPC
import KeeperApp
import KeeperCore
import OraclePokes

/// The `poker` section of the configuration.
struct PokerConfiguration: Sendable {
    var rules: PokerRules
    var megaPoker: Address
    var multicall: Address?
    var spotter: Address?
    var vat: Address?
    /// Names with their addresses where the file gives them; the others are looked up in the ChainLog.
    var oracles: [(name: String, address: Address?)]
    var ilks: [(name: String, oracle: String?)]
}

/// What the poker goes by, whatever the addresses.
struct PokerRules: Sendable {
    var isBackup: Bool
    /// Seconds into the slot before a backup acts.
    var backupAfter: UInt64
    /// Seconds into the slot after which a poke is late.
    var deadline: UInt64
    var maxAttemptsPerSlot: Int
    var gasLimitMargin: UInt64
    var maxGasLimit: Gas
    var fees: FeePolicy
    var planner: PokePlanner
    /// Whether the MegaPoker has a daily block, told by `last()`.
    var hasDailyBlock: Bool
    /// Seconds of an oracle's slot.
    var slotLength: UInt64 = 3600
    /// Seconds from one block to the next.
    var blockTime: UInt64 = 12
    var windowBefore: UInt64
    var idleInterval: UInt64
}

/// What the poker looks up before its first head.
struct PokerSetup: Codable, Sendable, Hashable {
    var targets: PokerTargets
    /// The account that simulations name as sender.
    var sender: Address?
}

/// Contracts and oracles with their addresses.
struct PokerTargets: Codable, Sendable, Hashable {
    struct Oracle: Codable, Sendable, Hashable {
        var name: String
        var address: Address
    }

    struct Ilk: Codable, Sendable, Hashable {
        var name: String
        var id: B256
        /// The oracle behind the feed where the configuration says so; by the feed's address otherwise.
        var oracle: String?
    }

    var contracts: PokeContracts
    var oracles: [Oracle]
    var ilks: [Ilk]
}

extension PokerConfiguration {
    init(_ section: ConfigReader, _ common: KeeperConfiguration) throws(ConfigError) {
        megaPoker = try section.required("megaPoker", section.address("megaPoker"))
        multicall = try section.address("multicall")
        spotter = try section.address("spotter")
        vat = try section.address("vat")
        oracles = try Self.pairs(section, "oracles").map { pair throws(ConfigError) in
            if let text = pair.value {
                return (pair.key, try Self.address(text, at: pair.path, pair.origin))
            }
            return (pair.key, pair.key.hasPrefix("0x") ? try Self.address(pair.key, at: pair.path, pair.origin) : nil)
        }
        ilks = try Self.pairs(section, "ilks").map { pair throws(ConfigError) in
            guard B256(ascii: pair.key) != nil, !pair.key.isEmpty else {
                throw ConfigError(
                    pair.path, origin: pair.origin, "expected a name of 1 to 32 ASCII characters, got \"\(pair.key)\"")
            }
            return (pair.key, pair.value)
        }
        rules = PokerRules(
            isBackup: common.mode == .backup,
            backupAfter: try section.seconds("backupAfter") ?? 300,
            deadline: try section.seconds("deadline") ?? 300,
            maxAttemptsPerSlot: Int(try section.integer("maxAttemptsPerSlot") ?? 3),
            gasLimitMargin: common.gasLimitMargin,
            maxGasLimit: common.policy.maxGasLimit,
            fees: FeePolicy(maxFeePerGas: common.policy.maxFeePerGas, minPriorityFeePerGas: common.minPriorityFeePerGas),
            planner: PokePlanner(
                choice: try section.word("plan", PlanChoice.self) ?? .cheapest,
                skipsDeadIlks: try section.bool("skipDeadIlks") ?? true,
                skipsUnchangedSpots: try section.bool("skipUnchangedSpots") ?? true,
                hasMulticall: multicall != nil, gas: PokeGasModel()),
            hasDailyBlock: try section.bool("dailyBlock") ?? false,
            windowBefore: common.windowBefore,
            idleInterval: common.idleInterval)
    }

    /// What single keys do not show.
    func check(_ common: KeeperConfiguration) throws(ConfigError) {
        if oracles.isEmpty { throw ConfigError("poker.oracles", "expected at least one oracle") }
        if ilks.isEmpty { throw ConfigError("poker.ilks", "expected at least one collateral type") }
        for (name, key) in [(oracles.map(\.name), "oracles"), (ilks.map(\.name), "ilks")] {
            if let twice = name.first(where: { one in name.count { $0 == one } > 1 }) {
                throw ConfigError("poker.\(key)", "\(twice) stands there twice")
            }
        }
        if rules.planner.choice == .multicall, multicall == nil {
            throw ConfigError("poker.multicall", "plan: multicall needs the address of a Multicall3")
        }
        if let stranger = ilks.compactMap(\.oracle).first(where: { name in !oracles.contains { $0.name == name } }) {
            throw ConfigError("poker.ilks", "\(stranger) is none of the configured oracles")
        }
        let needsChainLog = spotter == nil || vat == nil || oracles.contains { $0.address == nil }
        if needsChainLog, common.chainlog == nil {
            throw ConfigError("chain.chainlog", "expected the ChainLog's address, or spotter, vat and an address for each oracle")
        }
    }

    /// - Throws: `ConfigError` if facts read for these targets are not the facts of this configuration.
    func require(_ targets: PokerTargets) throws(ConfigError) {
        func check(_ key: String, _ isSame: Bool) throws(ConfigError) {
            if !isSame { throw ConfigError("poker.\(key)", "the recorded facts were read for other ones: a journal cannot tell") }
        }
        try check("oracles", oracles.map(\.name) == targets.oracles.map(\.name))
        try check("oracles", zip(oracles, targets.oracles).allSatisfy { $0.address == nil || $0.address == $1.address })
        try check("ilks", ilks.map(\.name) == targets.ilks.map(\.name) && ilks.map(\.oracle) == targets.ilks.map(\.oracle))
        try check("megaPoker", megaPoker == targets.contracts.megaPoker)
        try check("multicall", multicall == targets.contracts.multicall)
        try check("spotter", spotter == nil || spotter == targets.contracts.spotter)
        try check("vat", vat == nil || vat == targets.contracts.vat)
    }

    private struct Pair {
        var key: String
        var value: String?
        var path: String
        var origin: String
    }

    /// The elements of a list, each a name or `name: value`.
    private static func pairs(_ section: ConfigReader, _ key: String) throws(ConfigError) -> [Pair] {
        var pairs: [Pair] = []
        for element in try section.list(key) ?? [] {
            switch element.value.kind {
            case .scalar:
                pairs.append(
                    Pair(key: try element.value.text() ?? "", value: nil, path: element.path, origin: element.value.origin))
            case .mapping(let entries):
                guard entries.count == 1, let entry = entries.first, case .scalar(let value) = entry.value.kind else {
                    fallthrough
                }
                pairs.append(Pair(key: entry.key, value: value, path: element.path, origin: element.value.origin))
            default: throw ConfigError(element.path, origin: element.value.origin, "expected a name, or a name with one value")
            }
        }
        return pairs
    }

    private static func address(_ text: String, at path: String, _ origin: String) throws(ConfigError) -> Address {
        do { return try Address(hex: text) } catch {
            throw ConfigError(path, origin: origin, "\(error): \"\(text)\"")
        }
    }

    /// Looks up in the ChainLog, at the head's block, whatever the file does not give.
    func resolve(_ chainlog: Address?, at head: BlockHeader, through provider: Provider) async throws -> PokerTargets {
        var batch = ReadBatch(at: .hash(head.hash))
        func look(_ name: String) -> PendingRead<Address>? {
            guard let chainlog, let key = B256(ascii: name) else { return nil }
            return batch.call(ChainLog.GetAddressCall(key: key), to: chainlog)
        }
        let spotterRead = spotter == nil ? look("MCD_SPOT") : nil
        let vatRead = vat == nil ? look("MCD_VAT") : nil
        let oracleReads = oracles.map { $0.address == nil ? look($0.name) : nil }
        let answers = batch.requests.isEmpty ? nil : try await provider.send(batch)
        func value(_ given: Address?, _ read: PendingRead<Address>?, _ name: String) throws -> Address {
            if let given { return given }
            guard let answers, let read, let address = try answers.valueUnlessReverted(of: read) else {
                throw ConfigError("poker", "\(name) is not in the ChainLog")
            }
            return address
        }
        return PokerTargets(
            contracts: PokeContracts(
                megaPoker: megaPoker, multicall: multicall, spotter: try value(spotter, spotterRead, "MCD_SPOT"),
                vat: try value(vat, vatRead, "MCD_VAT")),
            oracles: try zip(oracles, oracleReads).map { oracle, read in
                PokerTargets.Oracle(name: oracle.name, address: try value(oracle.address, read, oracle.name))
            },
            ilks: ilks.compactMap { ilk in
                B256(ascii: ilk.name).map { PokerTargets.Ilk(name: ilk.name, id: $0, oracle: ilk.oracle) }
            })
    }
}
