import ArgumentParser
import Foundation
import Fuzzing

/// Feeds mutated inputs to every decoder until one falls, hangs, takes too much memory or breaks a promise.
@main
struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Feeds mutated inputs to every decoder of bytes from outside.",
        discussion: """
            Exits with 1 if a decoder crashes, takes over 100 ms or 64 MiB for one input, or takes an input and breaks a promise, such as \
            to write it back as it was. Inputs follow from seed, number and corpus: the line under a finding runs it again.
            """)

    @Option(help: "A decoder, by default all: \(FuzzTarget.all.map(\.name).joined(separator: ", ")).")
    var target: [String] = []

    @Option(help: "Other seeds make other inputs.")
    var seed: UInt64 = 1

    @Option(help: "Inputs for each decoder.")
    var inputs: UInt64 = 10_000_000

    @Option(help: "Seconds for all decoders together, by default as long as it takes.")
    var seconds: Double?

    @Option(help: "Processes at a time, by default one for each core.")
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Prints one JSON object.")
    var json = false

    @Option(help: "Runs only the input of this number, in this process.")
    var input: UInt64?

    @Option(help: "Runs only the bytes of this file, in this process.")
    var file: String?

    func validate() throws {
        for name in target where FuzzTarget.named(name) == nil {
            throw ValidationError("expected a target of \(FuzzTarget.all.map(\.name).joined(separator: ", ")), got \(name)")
        }
        if input != nil || file != nil, target.count != 1 { throw ValidationError("--input and --file need one --target") }
        if inputs < 1 { throw ValidationError("expected at least one input, got \(inputs)") }
        if jobs < 1 { throw ValidationError("expected at least one job, got \(jobs)") }
        if let seconds, !(seconds > 0 && seconds < 1e6) { throw ValidationError("expected seconds above 0, got \(seconds)") }
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Not a command for people: the parser would have to show or hide it.
        if let order = WorkerOrder(arguments) {
            do { Foundation.exit(try order.carryOut()) } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                Foundation.exit(70)
            }
        }
        main(arguments)
    }

    func run() throws {
        let targets = target.isEmpty ? FuzzTarget.all : target.compactMap { FuzzTarget.named($0) }
        if input != nil || file != nil { return try runAgain(targets[0]) }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var runner = FuzzRunner(
            program: program, seed: seed, inputs: inputs, seconds: seconds.map { $0 / Double(targets.count) } ?? .infinity,
            jobs: jobs)
        let terminal = isatty(STDERR_FILENO) == 1
        let total = inputs
        runner.progress = { report in
            guard terminal else { return }
            let share = report.inputs * 100 / total
            let line =
                "\(report.target): \(FuzzTable.grouped(report.inputs)) inputs, \(share) %, \(FuzzTable.grouped(UInt64(report.rate)))/s"
            FileHandle.standardError.write(Data("\r\u{1b}[K\(line)".utf8))
        }
        var reports: [TargetReport] = []
        let begun = ContinuousClock.now
        for (index, target) in targets.enumerated() {
            if let seconds {
                // What the quick ones leave is for the slow ones.
                let elapsed = Double((ContinuousClock.now - begun).components.seconds)
                runner.seconds = max(1, (seconds - elapsed) / Double(targets.count - index))
            }
            reports.append(try runner.run(target))
            if !terminal { FileHandle.standardError.write(Data("\(target.name): done\n".utf8)) }
        }
        if terminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
        print(json ? FuzzTable.json(reports) : FuzzTable.text(reports))
        let findings = reports.flatMap(\.findings)
        if !json { for finding in findings { try show(finding, program) } }
        if !findings.isEmpty { throw ExitCode(1) }
    }

    /// The bytes of an input, how it was found, and how to run it again.
    private func show(_ finding: Finding, _ program: URL) throws {
        guard let target = FuzzTarget.named(finding.target) else { return }
        let bytes = target.mutator(try target.corpus(), seed: finding.seed).input(finding.index)
        print(
            "\n\(finding.target) \(finding.kind.rawValue): \(finding.detail)\n  \(Self.excerpt(bytes))\n  again: \(program.path) \(finding.arguments)"
        )
    }

    private func runAgain(_ target: FuzzTarget) throws {
        let bytes: [UInt8]
        if let file {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        } else {
            bytes = target.mutator(try target.corpus(), seed: seed).input(input ?? 0)
        }
        // Before it is run: it may be the last thing that is printed.
        FileHandle.standardOutput.write(Data("input: \(Self.excerpt(bytes))\n".utf8))
        let clock = ContinuousClock()
        var outcome = ""
        let time = clock.measure {
            do throws(BrokenPromise) { outcome = try target.run(bytes) ? "taken" : "refused" } catch {
                outcome = "promise: \(error)"
            }
        }
        print("\(outcome) in \(time)")
        if outcome.hasPrefix("promise") { throw ExitCode(1) }
    }

    /// Text as text, other bytes as hexadecimal, cut after a screenful.
    static func excerpt(_ bytes: [UInt8]) -> String {
        let isText = !bytes.isEmpty && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
        let text = isText ? String(decoding: bytes, as: UTF8.self) : "0x" + bytes.map { String(format: "%02x", $0) }.joined()
        return text.count <= 1_200 ? text : "\(text.prefix(1_200))… (\(bytes.count) bytes)"
    }
}
