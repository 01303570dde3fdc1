import EthEVM
import EthPrimitives
import OraclePokes
import Testing

@testable import PokeStudy

@Suite("Strategies over a scenario")
struct PokeStudyTests {
    private static let prices: [PokeStudy.Prices] = [.measured, .table(PokeGasModel())]

    @Test("The causes of each slot sum to its difference exactly, whatever a strategy does", arguments: prices)
    func causes(prices: PokeStudy.Prices) async throws {
        let scenario = try Worlds.scenario(hours: 24)
        let strangers = (1...3 as ClosedRange<UInt64>).map { AnyPoker(seed: $0, scenario.contracts) as any PokeStrategy }
        let result = try await Worlds.study(scenario, [Worlds.bound(scenario)] + strangers, prices).run(parallelism: 2)
        let baseline = try #require(result.strategies.first)
        var fates: Set<PricedPoke.Fate> = []
        for strategy in result.strategies.dropFirst() {
            for (own, theirs) in zip(strategy.slots, baseline.slots) {
                let sum = own.parts.reduce(Saving()) { $0 + $1.saving }
                #expect(sum == theirs.cost - own.cost, "\(strategy.name) at \(own.start)")
                fates.formUnion(own.pokes.map(\.fate))
            }
        }
        #expect(fates.contains(.failed) && fates.contains(.complete), "\(fates)")
    }

    @Test("The result is the same at any parallelism")
    func parallelism() async throws {
        let scenario = try Worlds.scenario(hours: 12)
        let strategies = (1...5 as ClosedRange<UInt64>).map { AnyPoker(seed: $0, scenario.contracts) as any PokeStrategy }
        let one = try await Worlds.study(scenario, strategies).run(parallelism: 1)
        let many = try await Worlds.study(scenario, strategies).run(parallelism: 4)
        #expect(one.strategies.map(\.digest) == many.strategies.map(\.digest))
        #expect(Set(one.strategies.map(\.digest)).count == 6)
    }

    @Test("Nothing that pokes every hour costs less than the bound, and the bound is as fresh as the baseline")
    func bound() async throws {
        let scenario = try Worlds.scenario()
        let result = try await Worlds.study(scenario, [Worlds.bound(scenario)]).run(parallelism: 2)
        let (baseline, bound) = (result.strategies[0], result.strategies[1])
        #expect(bound.cost.gas < baseline.cost.gas)
        #expect(bound.staleness.maximum <= baseline.staleness.maximum)
        #expect(baseline.slots.allSatisfy { $0.pokes.count == 1 && $0.pokes[0].fate == .complete })
        #expect(bound.slots.contains { $0.pokes.isEmpty })
    }

    @Test("One in a hundred of what is remembered is executed again")
    func memory() async throws {
        let scenario = try Worlds.scenario()
        let result = try await Worlds.study(scenario, [Worlds.bound(scenario)]).run(parallelism: 1)
        for strategy in result.strategies {
            #expect(strategy.counts.checked == strategy.counts.remembered / 100)
            #expect(strategy.counts.executed > 3 && strategy.counts.remembered > strategy.counts.executed)
        }
        #expect(result.strategies[1].counts.checked > 0)
    }

    @Test("Contracts that do not do what the facts say end the study")
    func contradiction() async throws {
        var scenario = try Worlds.scenario(hours: 6)
        let index = try #require(
            scenario.steps.firstIndex { step in
                if case .event(let time, .source) = step { time >= scenario.period.lowerBound } else { false }
            })
        guard case .event(let time, .source(let oracle, .valid(let value), let writes)) = scenario.steps[index] else {
            throw ScenarioError(.malformed, "no source with a value")
        }
        scenario.steps[index] = .event(time, .source(oracle, .valid(value + 1), writes: writes))
        let study = Worlds.study(scenario, [])
        await #expect(throws: ScenarioError.self) { _ = try await study.run(parallelism: 1) }
    }

    @Test("Only slots between --from and --to count")
    func counted() async throws {
        let scenario = try Worlds.scenario()
        let start = scenario.period.lowerBound
        var study = Worlds.study(scenario, [])
        try study.count(from: start + 3600 * 5 - 10, to: start + 3600 * 9 + 10)
        let result = try await study.run(parallelism: 1)
        #expect(result.strategies[0].slots.map(\.start) == [5, 6, 7, 8].map { start + 3600 * $0 })
        #expect(result.strategies[0].slots.allSatisfy { $0.pokes.count == 1 })
        #expect(result.period == start + 3600 * 5..<start + 3600 * 9)
        var empty = Worlds.study(scenario, [])
        #expect(throws: ScenarioError.self) { try empty.count(from: start + 3600 * 9, to: start + 3600 * 9) }
    }

    @Test("Somebody else's poke leaves nothing to do, and whoever pokes after it pays for nothing")
    func race() async throws {
        var scenario = try Worlds.scenario(hours: 4)
        let slot = scenario.slots[2]
        let mined = try #require(Worlds.blocks(scenario).filter { $0.time > slot }.dropFirst().first)
        // In the block that our poke, decided at the slot's first head, will be in.
        let whole = PokePlan(method: .megaPoker, oracles: [], ilks: [], gas: PokeGas(used: 0, needed: 0))
        let facts = try StudyWorld(scenario).facts
        let poke = EVMTransaction(
            sender: scenario.sender, recipient: scenario.contracts.megaPoker,
            data: whole.callData(facts, scenario.contracts), gasLimit: 1_000_000)
        let place = try #require(scenario.steps.firstIndex { $0 == .block(mined) })
        scenario.steps.insert(.event(mined.time, .transaction(poke)), at: place)
        let result = try await Worlds.study(scenario, [Worlds.bound(scenario)]).run(parallelism: 1)
        let (theirs, ours) = (result.strategies[0].slots[2], result.strategies[1].slots[2])
        #expect(theirs.pokes.map(\.fate) == [.late] && theirs.pokes[0].oracles.isEmpty)
        #expect(ours.pokes.map(\.fate) == [.late] || ours.pokes.isEmpty)
        #expect(result.strategies[0].staleness.maximum <= 23)
    }
}
