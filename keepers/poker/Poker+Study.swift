import EthCodec
import EthPrimitives
import KeeperApp
import KeeperCore
import OraclePokes
import PokeStudy

extension Poker {
    static var strategies: [NamedStrategy] {
        [
            NamedStrategy("configured", "the configuration as it is"),
            NamedStrategy(
                "cheapest", "the cheapest way to reach what is due, access lists and single calls included",
                [.init("poker.plan", "cheapest"), .init("poker.skipDeadIlks", "true"), .init("poker.skipUnchangedSpots", "true")]),
            NamedStrategy("mega-poker", "the whole MegaPoker whenever something is due", [.init("poker.plan", "mega-poker")]),
            NamedStrategy(
                "multicall", "Multicall3 over what is worth it, never the MegaPoker", [.init("poker.plan", "multicall")]),
            NamedStrategy(
                "skip-unchanged", "cheapest, and oracles whose source did not change are left alone (read the guide first)",
                [.init("poker.plan", "cheapest"), .init("poker.skipUnchangedSources", "true")]),
            NamedStrategy(Self.bound, "the least gas that keeps the freshness, for comparison: no keeper does it"),
        ]
    }

    private static let bound = "bound"

    static func study(_ request: StudyRequest<PokerConfiguration>) async throws -> StudyReport {
        let scenario: PokeScenario
        do { scenario = try PokeScenario(path: request.scenario) } catch { throw BadScenario(error) }
        guard let first = request.strategies.first else { throw ConfigError("--strategy", "expected at least one") }
        let rules = first.configuration.rules
        let baseline = HourlyMegaPoker(
            scenario.contracts, fees: rules.fees, gas: rules.planner.gas, slotLength: scenario.slotLength)
        var strategies: [any PokeStrategy] = []
        for strategy in request.strategies {
            if strategy.name == bound {
                strategies.append(
                    CheapestPossible(
                        scenario.contracts, fees: strategy.configuration.rules.fees, gas: strategy.configuration.rules.planner.gas
                    ))
            } else {
                strategies.append(PokerStrategy(strategy.name, try keeper(strategy, in: scenario)))
            }
        }
        var study = PokeStudy(
            scenario, baseline: baseline, strategies: strategies,
            prices: request.usesTable ? .table(rules.planner.gas) : .measured, deadline: rules.deadline, feesNow: request.feesNow)
        study.keepsPokes = request.keepsPokes
        let result: StudyResult
        do {
            try study.count(from: request.from, to: request.to)
            result = try await study.run(parallelism: request.parallelism, progress: request.progress)
        } catch let error as ScenarioError { throw BadScenario(error) }
        let table = StudyTable(result)
        return StudyReport(
            text: table.text, page: StudyPage(result).html,
            json: String(decoding: JSONWriter.bytes(of: table.json, sorted: true), as: UTF8.self),
            csv: StudyCSV(result).text, pokes: result.ledger)
    }

    /// The poker of a configuration, on the scenario's contracts.
    private static func keeper(
        _ strategy: StudyRequest<PokerConfiguration>.Strategy, in scenario: PokeScenario
    ) throws(ConfigError) -> PokerKeeper {
        let configuration = strategy.configuration
        func check(_ key: String, _ own: [String], _ theirs: [String]) throws(ConfigError) {
            guard own == theirs else {
                throw ConfigError(
                    "poker.\(key)",
                    "expected those of the scenario, \(theirs.joined(separator: " ")), got \(own.joined(separator: " "))")
            }
        }
        try check("oracles", configuration.oracles.map(\.name), scenario.oracles.map(\.name))
        try check("ilks", configuration.ilks.map(\.name), scenario.ilks.map(\.name))
        let ilks = scenario.ilks.compactMap { ilk in
            B256(ascii: ilk.name).map { PokerTargets.Ilk(name: ilk.name, id: $0, oracle: ilk.oracle) }
        }
        let targets = PokerTargets(
            contracts: scenario.contracts,
            oracles: scenario.oracles.map { PokerTargets.Oracle(name: $0.name, address: $0.address) }, ilks: ilks)
        var rules = configuration.rules
        rules.slotLength = scenario.slotLength
        rules.blockTime = scenario.blockTime
        // Everything is executed in a study.
        rules.planner.isExact = true
        rules.planner.hasMulticall = scenario.contracts.multicall != nil
        return PokerKeeper(name: strategy.name, rules: rules, targets: targets, sender: scenario.sender, simulation: nil)
    }
}

/// A scenario that cannot be used, as an error that ends the program with 65.
private struct BadScenario: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }

    init(_ error: ScenarioError) { description = "\(error)" }
}
