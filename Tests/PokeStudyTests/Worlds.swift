import EthPrimitives
import Foundation
import OraclePokes

@testable import PokeStudy

/// Scenarios and strategies for tests.
enum Worlds {
    /// The three days that are in the repository.
    static let threeDays = Result { try PokeScenario(path: file.path) }

    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/poker-3-days.scenario.ndjson.gz")

    static let fees = FeePolicy(maxFeePerGas: .gwei(500), minPriorityFeePerGas: .gwei(1))

    static func scenario(hours: UInt64 = 72) throws -> PokeScenario {
        var scenario = try threeDays.get()
        scenario.end(at: scenario.period.lowerBound + hours * 3600)
        return scenario
    }

    static func baseline(_ scenario: PokeScenario) -> HourlyMegaPoker {
        HourlyMegaPoker(scenario.contracts, fees: fees, gas: PokeGasModel(), slotLength: scenario.slotLength)
    }

    static func bound(_ scenario: PokeScenario) -> CheapestPossible {
        CheapestPossible(scenario.contracts, fees: fees, gas: PokeGasModel())
    }

    static func study(
        _ scenario: PokeScenario, _ strategies: [any PokeStrategy], _ prices: PokeStudy.Prices = .measured
    ) -> PokeStudy {
        PokeStudy(
            scenario, baseline: baseline(scenario), strategies: strategies, prices: prices, deadline: 300, feesNow: .gwei(1))
    }

    /// Blocks of the scenario.
    static func blocks(_ scenario: PokeScenario) -> [PokeScenario.Block] {
        scenario.steps.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }
}
