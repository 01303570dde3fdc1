import ArgumentParser
import Foundation
import Soaking

/// Uses a pool of nodes that fail for as long as it takes to see a leak.
@main
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Uses a pool of three failing nodes for a long time.",
        discussion: """
            Two nodes over HTTP and one over a WebSocket hang, reset, refuse, answer HTML, half an answer or slowly, at seeded rates; \
            they run in a process of their own. Exits with 1 if an operation is stuck or late, an answer is that to another question, \
            file descriptors are not constant, or, in runs of five minutes and more, memory grows by over 5 % after the second minute.
            """)

    @Option(help: "Seconds in which operations begin.")
    var seconds: Double = 600

    @Option(help: "Operations a second.")
    var rate: Int = 500

    @Option(help: "Other seeds make other operations and other faults.")
    var seed: UInt64 = 1

    func validate() throws {
        if !(seconds >= 1 && seconds < 1e6) { throw ValidationError("expected at least one second, got \(seconds)") }
        if !(1...100_000).contains(rate) { throw ValidationError("expected a rate from 1 to 100000, got \(rate)") }
    }

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Not a command for people: the parser would have to show or hide it.
        if arguments.count == 2, arguments[0] == SoakServers.verb, let seed = UInt64(arguments[1]) {
            do { try await SoakServers.serve(seed: seed) } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                Foundation.exit(70)
            }
            return
        }
        await main(arguments)
    }

    func run() async throws {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var run = SoakRun(SoakPlan(seconds: seconds, rate: rate, seed: seed), program: program)
        let isTerminal = isatty(STDERR_FILENO) == 1
        run.progress = { line in
            if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K\(line)".utf8)) }
        }
        let report = try await run.run()
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
        print(report.table)
        for violation in report.violations { print("violation: \(violation)") }
        if !report.violations.isEmpty { throw ExitCode(1) }
    }
}
