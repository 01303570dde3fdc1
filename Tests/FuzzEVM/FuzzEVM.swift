import EVMFuzzing
import Foundation

/// Runs random programs on the machine until one crashes it, hangs it or breaks a law.
@main
struct FuzzEVM {
    static func main() {
        let arguments: FuzzEVMArguments
        do throws(FuzzEVMArguments.Mistake) {
            arguments = try FuzzEVMArguments(
                Array(CommandLine.arguments.dropFirst()), jobs: ProcessInfo.processInfo.activeProcessorCount)
        } catch {
            FileHandle.standardError.write(Data("fuzz-evm: \(error)\n\(FuzzEVMArguments.usage)\n".utf8))
            exit(64)
        }
        if arguments.helps { return print(FuzzEVMArguments.usage) }
        LastWords.prepare(seed: arguments.seed)
        do { exit(try sweep(arguments) ? 0 : 1) } catch {
            FileHandle.standardError.write(Data("fuzz-evm: \(error)\n".utf8))
            exit(70)
        }
    }

    private static func sweep(_ arguments: FuzzEVMArguments) throws -> Bool {
        var sweep = ProgramSweep(
            seed: arguments.seed, first: arguments.program ?? arguments.first,
            count: arguments.program == nil ? arguments.programs : 1,
            jobs: arguments.program == nil ? arguments.jobs : 1)
        let begun = ContinuousClock.now
        sweep.deadline = arguments.seconds.map { begun + .seconds($0) }
        let (total, isTerminal) = (sweep.count, isatty(STDERR_FILENO) == 1)
        sweep.progress = { done in
            guard isTerminal else { return }
            let rate = Double(done) / (ContinuousClock.now - begun).seconds
            FileHandle.standardError.write(Data("\r\u{1b}[K\(done) of \(total) programs, \(Int(rate))/s".utf8))
        }
        let result = try sweep.run()
        let time = (ContinuousClock.now - begun).seconds
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
        for row in result.tally.rows { print(row.name.padding(toLength: 52, withPad: " ", startingAt: 0), row.count) }
        let rate = Int(Double(result.tally.programs) / time)
        print(String(format: "%llu programs in %.1f s, %d/s on %d threads", result.tally.programs, time, rate, sweep.jobs))
        if let failure = result.failure {
            print("program \(failure.program.number): \(failure.violation)\n\(failure.program.text)")
            print("  again: \(CommandLine.arguments[0]) --seed \(arguments.seed) --program \(failure.program.number)")
            return false
        }
        print(result.tally.programs < total ? "no law broken, stopped by the clock" : "no law broken")
        return true
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
