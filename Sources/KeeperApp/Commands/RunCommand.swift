import ArgumentParser
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTransactions
import Logging

/// `run`: watches, decides, sends.
struct RunCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "run", abstract: "Watch, decide and send transactions until told to stop.")
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(name: .customLong("dry-run"), help: .hidden)
    var dryRun = false

    func validate() throws {
        if dryRun { throw ValidationError("run has no --dry-run: use \"\(P.name) dry-run\", which cannot sign.") }
    }

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        // By its id alone: what is signed for a copy of a public chain is valid on that chain too.
        if let chain = ChainPreset.named(wiring.common.chainID), chain.isPublic {
            throw PolicyRefusal(
                description: "run does not spend on public chains yet, and chain \(chain.id) is \(chain.name): use dry-run")
        }
        let bare = try wiring.signer()
        let logger = wiring.logger
        for exposure in wiring.common.signer.map(SignerExposure.all) ?? [] {
            logger.warning("\(exposure.text): \(exposure.advice)")
        }
        let nodes = try wiring.nodes()
        let pool = nodes.pool
        let provider = Provider(pool)
        let head = try await wiring.firstHead(pool)
        let keeper = try await wiring.keeper(sender: bare.address, at: head, through: provider)
        let signer = wiring.policed(bare, for: keeper)
        let journal = try wiring.journal()
        let executor = LiveExecutor(
            provider: provider, signer: signer, chainID: wiring.common.chainID, policy: wiring.common.policy, journal: journal)
        logger.info(
            "started", metadata: ["account": .string(signer.address.description), "mode": .string(wiring.common.mode.rawValue)])
        let loop = KeeperLoop(
            runner: KeeperRunner(
                keeper, nodes: pool, quorum: wiring.quorum, executor: executor, journal: journal, logger: logger),
            newestHead: { try await pool.newestHead(everybody: $0) }, pushed: nodes.pushed, provider: provider,
            executor: executor,
            common: wiring.common, logger: logger, report: { _ in })
        try await runUntilStopped(loop, logger)
    }
}
