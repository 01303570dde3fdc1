import KeeperTransactions
import EthPrimitives
public import EthRPC
public import KeeperCore
import Synchronization

/// A backtest of a poker against `hourly-megapoker`: two worlds over one recording, ours and the baseline's. A poke that is
/// decided at one head is included in the next recorded block, before other people's transactions there.
public final class PokeBacktest<Snapshot: PokeSnapshot>: BacktestWorld {
    private let settings: PokeBacktestSettings
    private let state = Mutex<PokeBacktestState?>(nil)

    public init(_ settings: PokeBacktestSettings) { self.settings = settings }

    public func overlay(_ snapshot: Snapshot, at head: BlockHeader, evidence: [BlockEvidence]) -> Snapshot {
        state.withLock { state in
            var current = state ?? PokeBacktestState(settings, first: head, facts: snapshot.facts)
            current.advance(to: head, snapshot.facts, fees: snapshot.fees, evidence: evidence)
            var overlaid = snapshot
            overlaid.facts = current.ours.overlay(snapshot.facts)
            if overlaid.facts != snapshot.facts {
                overlaid.simulatedGas = nil
                overlaid.execution = nil
                overlaid.alternatives = nil
            }
            state = current
            return overlaid
        }
    }

    public func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
        guard case .transact(let intent) = action else { return .noted }
        return state.withLock { state in state?.send(intent, at: head) ?? .refused(intent: intent.id, reason: "no head was seen")
        }
    }

    public func take(_ decision: Decision, at head: BlockHeader) {
        state.withLock { $0?.explain(decision, at: head) }
    }

    public func report(decisions: String) -> BacktestReport {
        let slots = state.withLock { $0?.slots ?? [] }
        return PokeReport(slots: slots, settings: settings, decisions: decisions).report
    }
}
