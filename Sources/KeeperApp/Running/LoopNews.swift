import EthPrimitives
import EthRPC
import KeeperCore

/// What a keeper's loop does and meets, for those who watch it: metrics, probes, alerts.
enum LoopNews: Sendable {
    /// It goes round.
    case alive
    /// A head that nothing had to be done at.
    case passed(BlockHeader)
    case ticked(TickGist, milliseconds: UInt64)
    /// There is no head that can be acted on, or its facts could not be read.
    case blind(String)
    /// What was decided could not be written down: nothing was done.
    case storeFailed(String)
    case reorganised(depth: Int, abandoned: Set<BlockHash>)
}

/// What of a tick does not depend on the keeper.
struct TickGist: Sendable {
    var head: BlockHeader
    var decision: Decision
    var verdict: QuorumVerdict?
    /// Those of the decision, and the runner's own.
    var alerts: [Alert]
    var outcomes: [Outcome]
}

extension TickGist {
    init<K: Keeper>(_ tick: KeeperRunner<K>.Tick) {
        let decided = tick.decision.actions.compactMap { action in
            if case .alert(let alert) = action { alert } else { nil }
        }
        self.init(
            head: tick.head, decision: tick.decision, verdict: tick.verdict, alerts: decided + tick.alerts,
            outcomes: tick.outcomes)
    }
}
