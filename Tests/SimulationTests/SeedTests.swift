import KeeperTransactions
import Simulation
import Testing

/// What `make simulate` does with 100,000 seeds, with fewer and in this process.
@Suite("Simulated seeds")
struct SeedTests {
    @Test("every step is in the table")
    func steps() {
        var sweep = SeedSweep(first: 10_001, count: 200, jobs: 2)
        sweep.observes = true
        let result = sweep.run()
        if let failure = result.failure { Issue.record("simulate --seed \(failure.seed) --table: \(failure.violation)") }
        #expect(result.transitions.steps.count > 60)
    }

    @Test("no invariant falls", arguments: SimulationKind.allCases)
    func seeds(kind: SimulationKind) throws {
        let result = SeedSweep(first: 1, count: 500, jobs: 1, kind: kind).run()
        if let failure = result.failure {
            Issue.record("simulate --seed \(failure.seed) --kind \(kind.rawValue) --trace: \(failure.violation)")
        }
        // Nothing is proved by a world in which nothing happens.
        let tally = result.tally
        #expect(tally.runs == 500 && tally.withEffect > 500 && tally.reorganisations > 100 && tally.crashes > 100)
    }

    @Test("the same seed gives the same run, line by line", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func deterministic(seed: UInt64) {
        #expect(trace(seed) == trace(seed))
        #expect(trace(seed) != trace(seed + 6))
    }

    private func trace(_ seed: UInt64) -> [String] {
        let lines = Lines()
        var run = SimulationRun(seed: seed)
        run.trace = { lines.append($0) }
        _ = run.run()
        return lines.all
    }
}
