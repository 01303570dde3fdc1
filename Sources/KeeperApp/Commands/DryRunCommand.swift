internal import EthCodec
import ArgumentParser
import EthPrimitives
import EthRPC
import KeeperCore
import Synchronization

/// `dry-run`: says what `run` would do, with an executor that cannot sign.
struct DryRunCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "dry-run",
            abstract: "Decide once, or with --follow at each head, and print it. Needs no key and cannot sign.")
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(help: "Go on until told to stop, beside whatever keeper runs now; prints when something changes.")
    var follow = false

    @Option(help: "Keep a decision log in this file.")
    var decisions: String?

    @Flag(help: "Print JSON with sorted keys, one object a decision.")
    var json = false

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        let provider = Provider(try wiring.transport())
        try await wiring.checkChain(provider)
        let head = try await provider.head()
        let keeper = try await wiring.keeper(sender: nil, at: head, through: provider)
        let logger = wiring.logger
        // Never the log of `run`: that one belongs to the process that signs.
        let journal = try decisions.map { path throws(JournalError) in try Journal(path: path) } ?? Journal()
        let runner = KeeperRunner(
            keeper, provider: provider, executor: DryRunExecutor(), journal: journal,
            logger: logger)
        let common = wiring.common
        let asJSON = json
        guard follow else {
            let age = common.clock.age(of: head)
            if age > common.maxHeadAge { Terminal.note("note: the newest head is \(age) s old, run would not act on it") }
            var memory = keeper.initialMemory
            let tick = try await runner.tick(at: head, memory: &memory)
            let described = P.describe(tick, keeper, common)
            Terminal.print(asJSON ? described.json.sortedText : described.text)
            return
        }
        let last = Mutex<Decision?>(nil)
        let loop = KeeperLoop(
            runner: runner, provider: provider, executor: DryRunExecutor(), common: common, logger: logger,
            report: { tick in
                let changed = last.withLock { last in
                    defer { last = tick.decision }
                    return last.map { Self.gist($0) != Self.gist(tick.decision) } ?? true
                }
                guard changed else { return }
                let described = P.describe(tick, keeper, common)
                Terminal.print(asJSON ? described.json.sortedText : described.text + "\n")
            })
        try await runUntilStopped(loop, logger)
    }

    /// What makes a decision a new one: its reasons, and what would be sent.
    private static func gist(_ decision: Decision) -> [String] {
        decision.notes.map(\.code)
            + decision.actions.map { action in
                switch action {
                case .transact(let intent): "\(intent.id) \(intent.to) \(intent.gasLimit)"
                case .alert(let alert): alert.key
                case .record(let sample): sample.name
                }
            }
    }
}
