import EthChain
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
    /// Who says what a poke will cost; `nil`: our own machine where the configuration names the rules. Recordings made without it hold no
    /// code and storage, so that it is never switched on behind one's back.
    var simulation: SimulationChoice?
    /// Whether the MegaPoker has a daily block, told by `last()`.
    var hasDailyBlock: Bool
    /// Seconds of an oracle's slot.
    var slotLength: UInt64 = 3600
    /// Seconds from one block to the next.
    var blockTime: UInt64 = 12
    var windowBefore: UInt64
    var idleInterval: UInt64
    /// How long it waits for a cheaper block.
    var patience = FeePatience(seconds: 0)
}

/// Who executes a poke before it is sent.
enum SimulationChoice: String, Codable, Sendable, CaseIterable {
    /// Our own machine, on the contracts' code and storage; beside it the node where it can.
    case own
    /// The node alone, by its estimate.
    case node
}

/// What the poker looks up before its first head.
struct PokerSetup: Codable, Sendable, Hashable {
    var targets: PokerTargets
    /// Which rules hold when; `nil` where pokes are not executed in our own machine.
    var forks: ForkSchedule?
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
        megaPoker = try section.required(
            "megaPoker", .address, "the contract that pokes all oracles and spots, and swallows failures")
        multicall = try section.value("multicall", .address, "a Multicall3, for plans that poke only what is worth it")
        spotter = try section.value("spotter", .address, "the Spotter; by default MCD_SPOT of the ChainLog")
        vat = try section.value("vat", .address, "the Vat; by default MCD_VAT of the ChainLog")
        oracles = try section.pairs(
            "oracles", of: .oracle, with: .address, isNeeded: true, "names of the ChainLog, addresses, or NAME: ADDRESS"
        ).map { ($0.name.text, $0.value ?? $0.name.address) }
        ilks = try section.pairs(
            "ilks", of: .ilk, with: .text, isNeeded: true,
            "collateral types in the MegaPoker's order; NAME: ORACLE where the feed is a wrapper of an oracle"
        ).map { ($0.name, $0.value) }
        rules = PokerRules(
            isBackup: common.mode == .backup,
            backupAfter: try section.value("backupAfter", .seconds, default: 300, "into the hour, in mode backup"),
            deadline: try section.value("deadline", .seconds, default: 300, "into the hour; later counts as late"),
            maxAttemptsPerSlot: try section.value(
                "maxAttemptsPerSlot", .count(in: 0...Int(UInt32.max)), default: 3,
                "transactions mined without the effect that was expected"),
            gasLimitMargin: common.gasLimitMargin,
            maxGasLimit: common.policy.maxGasLimit,
            fees: FeePolicy(maxFeePerGas: common.policy.maxFeePerGas, minPriorityFeePerGas: common.minPriorityFeePerGas),
            planner: PokePlanner(
                choice: try section.value(
                    "plan", .word, default: .cheapest, "cheapest, mega-poker (whole) or multicall (what is worth it)"),
                skipsDeadIlks: try section.value(
                    "skipDeadIlks", .bool, default: true, "leave out ilks without debt and debt ceiling (multicall)"),
                skipsUnchangedSpots: try section.value(
                    "skipUnchangedSpots", .bool, default: true, "leave out spots that would not change (multicall)"),
                skipsUnchangedSources: try section.value(
                    "skipUnchangedSources", .bool, default: false,
                    "leave out oracles whose source did not change; their next price then waits its hour"),
                hasMulticall: multicall != nil, gas: try Self.gas(section)),
            simulation: try section.value(
                "simulation", ConfigForm<SimulationChoice>.word,
                "own: executed here, exact; node: its estimate; without it own where chain.fork is given"
            ),
            hasDailyBlock: try section.value(
                "dailyBlock", .bool, default: false, "true for a MegaPoker with last(): those of before February 2026"),
            windowBefore: common.windowBefore,
            idleInterval: common.idleInterval,
            patience: FeePatience(
                seconds: try section.value(
                    "patience", .seconds, default: 0, "into the hour, waiting for a cheaper block; at most the deadline")))
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
        if rules.planner.skipsUnchangedSources, multicall == nil || rules.planner.choice == .megaPoker {
            throw ConfigError(
                "poker.skipUnchangedSources",
                "expected a Multicall3 and a plan other than mega-poker: the MegaPoker pokes every oracle")
        }
        if rules.patience.seconds > rules.deadline {
            throw ConfigError(
                "poker.patience", "expected at most the deadline, \(rules.deadline)s, got \(rules.patience.seconds)s")
        }
        if let stranger = ilks.compactMap(\.oracle).first(where: { name in !oracles.contains { $0.name == name } }) {
            throw ConfigError("poker.ilks", "\(stranger) is none of the configured oracles")
        }
        let needsChainLog = spotter == nil || vat == nil || oracles.contains { $0.address == nil }
        if needsChainLog, common.chainlog == nil {
            throw ConfigError("chain.chainlog", "expected the ChainLog's address, or spotter, vat and an address for each oracle")
        }
    }

    /// The rules that pokes are executed by; `nil` where the node alone is to say what they cost.
    /// - Throws: `ConfigError` where they are to be executed here and nobody knows the chain; what the transport throws.
    func forks(_ common: KeeperConfiguration, through provider: Provider) async throws -> ForkSchedule? {
        switch rules.simulation {
        case .node: return nil
        case nil: return common.fork.map(ForkSchedule.init)
        case .own:
            do {
                return try await ForkSource.schedule(of: common.chainID, configured: common.fork, asking: provider).schedule
            } catch let error as ForkError {
                // A chain that is ahead of this program must not keep it from poking: each execution says that it does not know the rules.
                if case .unknownRules = error { return ForkSchedule([]) }
                throw ConfigError("chain.fork", "\(error)")
            }
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

extension ConfigForm where Value == (text: String, address: Address?) {
    /// A name of the ChainLog, or an address.
    fileprivate static var oracle: Self {
        Self(
            "a name of the ChainLog, or an address", .text(pattern: "^(?!0x)|^0x[0-9a-fA-F]{40}$"), example: "PIP_ETH",
            write: \.text
        ) {
            ($0, $0.hasPrefix("0x") ? try Address(hex: $0) : nil)
        }
    }
}

extension ConfigForm where Value == String {
    /// The name of a collateral type, as the Vat has it in 32 bytes.
    fileprivate static var ilk: Self {
        Self("a name of 1 to 32 ASCII characters", .text(pattern: "^[ -~]{1,32}$"), example: "ETH-A", write: { $0 }) {
            $0.isEmpty || B256(ascii: $0) == nil ? nil : $0
        }
    }
}
