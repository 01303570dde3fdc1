internal import EthCodec
import EthPrimitives
import EthRPC
import KeeperApp
import KeeperCore
import OraclePokes

/// The poker: advances oracle security modules once an hour and carries their prices into the Vat.
@main
struct Poker: KeeperProgram {
    static let name = "poker"
    static let summary = "Pokes oracle security modules (OSM) and spots on time, never half-done."

    static func main() async { await runKeeper(Poker.self) }

    static func configuration(_ section: ConfigReader, _ common: KeeperConfiguration) throws(ConfigError) -> PokerConfiguration {
        try PokerConfiguration(section, common)
    }

    static func check(_ configuration: PokerConfiguration, _ common: KeeperConfiguration) throws(ConfigError) {
        try configuration.check(common)
    }

    static func setup(
        _ configuration: PokerConfiguration, _ common: KeeperConfiguration, sender: Address?, at head: BlockHeader,
        through provider: Provider
    ) async throws -> PokerSetup {
        PokerSetup(
            targets: try await configuration.resolve(common.chainlog, at: head, through: provider),
            forks: try await configuration.forks(common, through: provider), sender: sender)
    }

    static func keeper(
        _ configuration: PokerConfiguration, _ common: KeeperConfiguration, _ setup: PokerSetup
    ) throws(ConfigError) -> PokerKeeper {
        try configuration.require(setup.targets)
        let simulation = setup.forks.map {
            PokeSimulation(chain: common.chainID, $0, setup.targets.contracts, sender: setup.sender)
        }
        var rules = configuration.rules
        // Lists and single calls are for those who execute them.
        rules.planner.isExact = simulation != nil
        return PokerKeeper(
            name: common.name, rules: rules, targets: setup.targets, sender: setup.sender, simulation: simulation)
    }

    static func epoch(at time: UInt64, _ configuration: PokerConfiguration) -> Range<UInt64> {
        let start = time - time % configuration.rules.slotLength
        return start..<start + configuration.rules.slotLength
    }

    static func work(_ snapshot: PokerSnapshot, _ keeper: PokerKeeper, at head: BlockHeader) -> [Work] {
        snapshot.facts.oracles.map { oracle in
            var dueSince = oracle.isDue(at: head.timestamp) ? oracle.dueFrom : nil
            // What was left alone is old; it is late from this slot on only.
            if keeper.rules.planner.skipsUnchangedSources {
                dueSince = dueSince.map { max($0, keeper.slotStart(at: head.timestamp)) }
            }
            return Work(
                task: oracle.name, dueSince: dueSince, excuse: keeper.excuse(for: oracle, snapshot.facts, at: head),
                doneEpoch: oracle.zzz)
        }
    }

    static func standing(_ keeper: PokerKeeper, at head: BlockHeader, through provider: Provider) async throws -> Standing {
        let snapshot = try await keeper.observeOracles(head, through: provider)
        let description = OracleStanding(head: head, oracles: snapshot.facts.oracles, slotLength: keeper.rules.slotLength)
        return Standing(rows: description.rows, json: description.json, work: work(snapshot, keeper, at: head))
    }

    static func deadline(_ configuration: PokerConfiguration) -> UInt64 { configuration.rules.deadline }

    static func watched(_ keeper: PokerKeeper) -> [Address] {
        keeper.targets.oracles.map(\.address) + [keeper.targets.contracts.spotter]
    }

    static func callable(_ keeper: PokerKeeper) -> [Address: Set<Selector>] {
        keeper.targets.contracts.callable(single: keeper.simulation == nil ? [] : keeper.targets.oracles.map(\.address))
    }

    static func backtest(
        _ keeper: PokerKeeper, _ common: KeeperConfiguration, feesNow: Wei
    ) -> any BacktestWorld<PokerSnapshot> {
        PokeBacktest<PokerSnapshot>(
            PokeBacktestSettings(
                contracts: keeper.targets.contracts, policy: keeper.rules.fees, spending: common.policy,
                gas: keeper.rules.planner.gas,
                slotLength: keeper.rules.slotLength, ownAddress: keeper.sender, feesNow: feesNow))
    }

    static func describe(
        _ tick: KeeperRunner<PokerKeeper>.Tick, _ keeper: PokerKeeper, _ common: KeeperConfiguration
    ) -> (text: String, json: JSON) {
        let description = PokeDescription(
            keeper: keeper.name, chainID: common.chainID, head: tick.head, facts: tick.snapshot.facts, fees: tick.snapshot.fees,
            decision: tick.decision, planner: keeper.rules.planner, plans: keeper.plans(tick.snapshot),
            inclusion: keeper.inclusion(after: tick.head),
            slotLength: keeper.rules.slotLength, cap: keeper.rules.fees.maxFeePerGas)
        return (description.text, description.json)
    }
}

/// The keeper itself; how it observes and how it decides stand in files of their own.
struct PokerKeeper: Keeper {
    var name: String
    var rules: PokerRules
    var targets: PokerTargets
    /// The account that simulations name as sender.
    var sender: Address?
    /// Our own machine; `nil` where the node alone says what a poke costs.
    var simulation: PokeSimulation?
    /// What it learnt on the way; facts of the chain, never judgements.
    let book = PokerBook()

    var initialMemory: PokerMemory { PokerMemory() }

    /// Unix seconds of the next block after a head: the earliest inclusion.
    func inclusion(after head: BlockHeader) -> UInt64 { head.timestamp + rules.blockTime }

    func slotStart(at time: UInt64) -> UInt64 { time - time % rules.slotLength }

    func nextWake(after head: BlockHeader) -> UInt64 {
        let start = slotStart(at: head.timestamp)
        let next = start + rules.slotLength
        let isNear = head.timestamp + rules.windowBefore >= next || head.timestamp < start + rules.deadline
        return isNear ? head.timestamp + 1 : min(head.timestamp + rules.idleInterval, next - rules.windowBefore)
    }
}
