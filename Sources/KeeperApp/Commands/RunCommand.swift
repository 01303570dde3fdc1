import ArgumentParser
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions
import Logging
import ServiceLifecycle
import Synchronization

/// `run`: watches, decides, sends.
struct RunCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run", abstract: "Watch, decide and send transactions until told to stop.",
            discussion: """
                What is sent, decided and remembered is kept in the store that the configuration names: one process at a time has \
                it. SIGTERM and SIGINT end the process when what it is at is done; what waits to be mined is looked after by the \
                next one.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(help: "Decide at the newest head, see through what follows from it, and end: for cron.")
    var once = false

    @Flag(name: .customLong("dry-run"), help: .hidden)
    var dryRun = false

    func validate() throws {
        if dryRun { throw ValidationError("run has no --dry-run: use \"\(P.name) dry-run\", which cannot sign.") }
    }

    func run() async throws {
        endWhenStopped()
        var loader = options.loader()
        node.apply(to: &loader)
        let premises = try Premises(Wiring<P>(loader))
        guard once else { return try await runUntilStopped(ending: KeeperService(premises), beside: [], premises.logger) }
        let live = try await LiveKeeper(premises)
        let unfinished = Mutex<Unfinished?>(nil)
        let loop = live.loop(isOver: { tick in
            switch OneRun(tick.decision, live.manager.status, at: tick.head) {
            case .underWay: return false
            case .done: return true
            case .late(let id):
                unfinished.withLock { $0 = Unfinished(intent: id) }
                return true
            }
        })
        live.tellStart()
        try await runUntilStopped(ending: loop, beside: live.services, live.logger)
        if let problem = unfinished.withLock({ $0 }) { throw problem }
    }
}

/// How far `run --once` is after a tick.
private enum OneRun {
    case underWay
    case done
    case late(IntentID)

    init(_ decision: Decision, _ status: ManagerStatus, at head: BlockHeader) {
        let wishes = decision.actions.compactMap { if case .transact(let intent) = $0 { intent } else { nil } }
        if let wish = wishes.first {
            self = head.timestamp > wish.deadline ? .late(wish.id) : .underWay
        } else {
            self = status.isQuiet ? .done : .underWay
        }
    }
}

/// What `run --once` began is not done.
private struct Unfinished: ExitCodeProviding, CustomStringConvertible {
    var intent: IntentID
    var description: String { "\(intent) is not done, and its deadline has passed: the next run goes on with it" }
    var exitCode: KeeperExitCode { .tryAgainLater }
}
