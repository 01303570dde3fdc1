import EthCodec
import Foundation
import Simulation
import Synchronization
import Testing

/// The real manager in simulated worlds. KEEPERKIT_SHELL_SEEDS=2000 runs more of them than `make test` does.
@Suite("The transaction manager in simulated worlds", .serialized)
struct TransactionManagerSeedTests {
    static let seeds = ProcessInfo.processInfo.environment["KEEPERKIT_SHELL_SEEDS"].flatMap { UInt64($0) } ?? 40
    static let first = ProcessInfo.processInfo.environment["KEEPERKIT_SHELL_FIRST"].flatMap { UInt64($0) } ?? 1

    @Test("no invariant falls")
    func seeds() throws {
        let start = ContinuousClock.now
        let sweep = try Self.sweep(Self.first..<(Self.first + Self.seeds))
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        print(
            "\(sweep.tally.seeds) seeds in \(seconds) s, \(Int(Double(sweep.tally.seeds) / seconds)) seeds/s: \(sweep.tally.text)"
        )
        if let failure = sweep.failure { Issue.record("seed \(failure.seed): \(failure.violation)") }
        // Nothing is proved by a world in which nothing happens.
        #expect(sweep.tally.withEffect > Int(Self.seeds) && sweep.tally.crashes > Int(Self.seeds) / 4)
    }

    @Test("a deliberate bug is found", arguments: ShellMutant.allCases)
    func mutants(_ mutant: ShellMutant) throws {
        let sweep = try Self.sweep(1..<400, mutant)
        print("\(mutant.rawValue): \(sweep.failure.map { "seed \($0.seed): \($0.violation)" } ?? "not found")")
        #expect(sweep.failure != nil)
    }

    @Test("the same seed gives the same run", arguments: [3, 4, 5] as [UInt64])
    func deterministic(seed: UInt64) throws {
        let texts = try (0..<2).map { _ in try ShellRun(seed: seed, kind: SimulationKind(of: seed)).run().tally.text }
        #expect(texts[0] == texts[1])
    }

    struct Sweep: Sendable {
        var tally = ShellTally()
        var failure: (seed: UInt64, violation: String)?
    }

    /// Runs seeds in their order, until one fails.
    static func sweep(_ seeds: Range<UInt64>, _ mutant: ShellMutant? = nil) throws -> Sweep {
        var sweep = Sweep()
        for seed in seeds {
            let result = try ShellRun(seed: seed, kind: SimulationKind(of: seed), mutant: mutant).run()
            sweep.tally.add(result.tally)
            sweep.tally.seeds += 1
            guard let violation = result.violation else { continue }
            sweep.failure = (seed, violation)
            break
        }
        return sweep
    }
}
