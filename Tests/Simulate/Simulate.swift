import Foundation
import KeeperTransactions
import Simulation

/// Runs the simulated world with many seeds and says which invariant fell at which.
@main
struct Simulate {
    static func main() {
        do throws(SimulateArguments.Mistake) {
            let arguments = try SimulateArguments(
                Array(CommandLine.arguments.dropFirst()), jobs: ProcessInfo.processInfo.activeProcessorCount)
            if arguments.helps { return print(SimulateArguments.usage) }
            let isGood =
                if arguments.triesMutants {
                    mutants(arguments)
                } else if let seed = arguments.seed {
                    one(seed, arguments)
                } else {
                    sweep(arguments)
                }
            exit(isGood ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("simulate: \(error)\n\(SimulateArguments.usage)\n".utf8))
            exit(64)
        }
    }

    private static func one(_ seed: UInt64, _ arguments: SimulateArguments) -> Bool {
        var run = SimulationRun(seed: seed, kind: arguments.kind, mutant: arguments.mutant.flatMap(Mutant.named))
        if arguments.traces { run.trace = { print($0) } }
        let result = run.run()
        print(
            result.violation.map { "seed \(seed) (\(run.kind.rawValue)): \($0)" }
                ?? "seed \(seed) (\(run.kind.rawValue)): no violation")
        return result.violation == nil
    }

    private static func sweep(_ arguments: SimulateArguments) -> Bool {
        var sweep = SeedSweep(
            first: arguments.first, count: arguments.seeds, jobs: arguments.jobs, kind: arguments.kind,
            mutant: arguments.mutant.flatMap(Mutant.named))
        sweep.observes = arguments.showsTable
        let (begun, total, isTerminal) = (ContinuousClock.now, arguments.seeds, isatty(STDERR_FILENO) == 1)
        sweep.progress = { done in
            guard isTerminal else { return }
            let rate = Double(done) / seconds(since: begun)
            FileHandle.standardError.write(Data("\r\u{1b}[K\(done) of \(total) seeds, \(Int(rate))/s".utf8))
        }
        let result = sweep.run()
        let time = seconds(since: begun)
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
        for row in result.tally.rows { print(row.name.padding(toLength: 24, withPad: " ", startingAt: 0), row.count) }
        if arguments.showsTable {
            for phase in IntentPhase.allCases {
                for event in MachineEvent.Kind.allCases {
                    let next = IntentPhase.allCases.compactMap { next in
                        result.transitions.steps[.init(phase: phase, event: event, next: next)].map { "\(next.rawValue) \($0)" }
                    }
                    let actions = (result.transitions.actions[.init(phase: phase, event: event)] ?? []).map(\.rawValue).sorted()
                    if !next.isEmpty {
                        print(
                            "\(phase.rawValue) \(event.rawValue): \(next.joined(separator: ", ")); \(actions.joined(separator: " "))"
                        )
                    }
                }
            }
        }
        let rate = Int(Double(result.done) / time)
        print(String(format: "%d seeds in %.1f s, %d/s on %d threads", result.done, time, rate, arguments.jobs))
        guard let failure = result.failure else {
            print("no violation")
            return true
        }
        print("seed \(failure.seed) (\(failure.kind.rawValue)): \(failure.violation)")
        print("  again: \(CommandLine.arguments[0]) --seed \(failure.seed) --kind \(failure.kind.rawValue) --trace")
        return false
    }

    private static func mutants(_ arguments: SimulateArguments) -> Bool {
        var isGood = true
        for mutant in Mutant.all {
            let result = SeedSweep(
                first: arguments.first, count: arguments.seeds, jobs: arguments.jobs, kind: arguments.kind, mutant: mutant
            ).run()
            let name = mutant.name.padding(toLength: 28, withPad: " ", startingAt: 0)
            if let failure = result.failure {
                print("\(name) seed \(failure.seed) (\(failure.kind.rawValue)): \(failure.violation.invariant.rawValue)")
            } else {
                print("\(name) NOT FOUND in \(arguments.seeds) seeds")
                isGood = false
            }
        }
        return isGood
    }

    private static func seconds(since begun: ContinuousClock.Instant) -> Double {
        let time = (ContinuousClock.now - begun).components
        return max(0.001, Double(time.seconds) + Double(time.attoseconds) / 1e18)
    }
}
