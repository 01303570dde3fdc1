import KeeperTransactions
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
        let nodes = try wiring.nodes()
        let pool = nodes.pool
        let provider = Provider(pool)
        let head = try await wiring.firstHead(pool)
        let setup = try await wiring.setup(sender: nil, at: head, through: provider)
        let keeper = try P.keeper(wiring.configuration, wiring.common, setup)
        let logger = wiring.logger
        // Never the log of `run`: that one belongs to the process that signs.
        let journal = try decisions.map { path throws(JournalError) in try Journal(path: path, keepsEvidence: true) } ?? Journal()
        if decisions != nil {
            try journal.append(
                JournalRecord.start(
                    version: KeeperVersion.current, program: P.name, name: wiring.common.name, account: nil,
                    config: wiring.digest, setup: setup, at: head))
        }
        let runner = KeeperRunner(
            keeper, nodes: pool, quorum: wiring.quorum, executor: DryRunExecutor(), journal: journal, logger: logger)
        let common = wiring.common
        guard follow else {
            let age = common.clock.age(of: head)
            if age > common.maxHeadAge { Terminal.note("note: the newest head is \(age) s old, run would not act on it") }
            var memory = keeper.initialMemory
            let tick = try await runner.tick(at: head, memory: &memory)
            show(tick, keeper, common)
            if let refusal = tick.verdict.flatMap({ Unconfirmed($0) }) { throw refusal }
            return
        }
        let last = Mutex<Decision?>(nil)
        let loop = KeeperLoop(
            runner: runner, newestHead: { try await pool.newestHead(everybody: $0) }, pushed: nodes.pushed,
            provider: provider,
            executor: DryRunExecutor(), common: common, logger: logger,
            report: { tick in
                let changed = last.withLock { last in
                    defer { last = tick.decision }
                    return last.map { DecisionGist($0) != DecisionGist(tick.decision) } ?? true
                }
                guard changed else { return }
                show(tick, keeper, common, spaced: true)
            })
        try await runUntilStopped(loop, logger)
    }

    /// Prints a decision, and what other nodes say about it.
    private func show(_ tick: KeeperRunner<P.K>.Tick, _ keeper: P.K, _ common: KeeperConfiguration, spaced: Bool = false) {
        let described = P.describe(tick, keeper, common)
        guard let verdict = tick.verdict else {
            return Terminal.print(json ? described.json.sortedText : described.text + (spaced ? "\n" : ""))
        }
        guard json else {
            let agreed = verdict.agreed.joined(separator: ", ")
            let line = verdict.isReached ? "nodes  \(agreed) agree" : "nodes  not sent: \(verdict.refusal ?? "")"
            return Terminal.print(described.text + "\n" + line + (spaced ? "\n" : ""))
        }
        // A verdict always encodes.
        let nodes = (try? JournalRecord.json(verdict)) ?? .null  // see above
        Terminal.print(JSON.object((described.json.members ?? []) + [JSON.Member("nodes", nodes)]).sortedText)
    }
}
