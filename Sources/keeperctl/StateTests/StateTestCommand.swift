import ArgumentParser
import EthCodec
import EthConformance
import EthTransactions
import Foundation
import KeeperApp
import KeeperCore
import Synchronization

/// `statetest`: whether our machine does what the Ethereum test suite says.
struct StateTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statetest", abstract: "Run state tests of the Ethereum test suite on the built-in EVM.",
        discussion: """
            Files are in the GeneralStateTests format. Of each case the state root and the hash of its logs must be what the file says, or its \
            transaction must be refused for the reason that the file names. Each failure is printed with its first difference. Cases that \
            call a precompiled contract which is not built in say nothing: they are counted, and named. The exit code is 0 if some case \
            passed and none failed, else 65.
            """)

    /// All forks are run under this name.
    private static let all = "all"

    @Argument(
        help: ArgumentHelp(
            "Files, folders with .json files, tar archives; each file may be packed with gzip.", valueName: "path"),
        completion: .file())
    var paths: [String]
    @Option(help: ArgumentHelp("The fork whose cases are run, such as Shanghai, or all.", valueName: "name"))
    var fork = Fork.cancun.name
    @Option(
        help: ArgumentHelp(
            "Run only cases with this text in the line that names them: file, test, fork, variant.", valueName: "text"))
    var filter: String?
    @Flag(help: "Tell of each case, and of those that fail all differences and what they left behind.")
    var verbose = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !paths.isEmpty else { throw ValidationError("expected a file, a folder or an archive") }
        guard fork == Self.all || Fork(name: fork) != nil else {
            let names = Fork.allCases.filter { $0 >= .london }.map(\.name).joined(separator: ", ")
            throw ValidationError("--fork: expected all or one of \(names), got \"\(fork)\"")
        }
    }

    func run() throws {
        let start = ContinuousClock.now
        let state = Mutex((tally: StateTestTally(keepsAll: verbose), progress: CaseCounter()))
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let filter = filter
        let campaign = StateTestCampaign(fork: fork == Self.all ? nil : Fork(name: fork), threads: threads) { item in
            filter.map { StateTestTally.name(item).contains($0) } ?? true
        }
        do throws(ConformanceError) {
            try campaign.run(paths) { results in
                state.withLock { state in
                    for result in results { state.tally.count(result) }
                    state.progress.show(state.tally.total)
                }
            }
        } catch {
            state.withLock { $0.progress.clear() }
            throw OperationError.badData("\(error)")
        }
        let tally = state.withLock { state in
            state.progress.clear()
            return state.tally
        }
        let seconds = start.duration(to: .now)
        Terminal.print(output.json ? tally.json(seconds).sortedText : tally.text(seconds, threads: threads))
        guard tally.failures.isEmpty else {
            throw OperationError.badData("\(tally.failures.count) of \(tally.total) cases failed")
        }
        guard tally.passed > 0 else {
            throw OperationError.badData(
                tally.total == 0 ? "there is no such case\(fork == Self.all ? "" : " of \(fork)")" : "no case could be run")
        }
    }
}

/// The number of cases so far, for a person who waits; silent when nobody watches.
private struct CaseCounter {
    private var shown = 0
    private static let step = 100

    mutating func show(_ count: Int) {
        guard Terminal.isInteractive, count >= shown + Self.step else { return }
        shown = count
        write("\r\(Table.grouped(count)) cases …")
    }

    mutating func clear() {
        if shown > 0 { write("\r" + String(repeating: " ", count: 30) + "\r") }
        shown = 0
    }

    private func write(_ text: String) {
        // Where nobody can read it, nobody misses it.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
