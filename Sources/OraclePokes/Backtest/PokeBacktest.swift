public import EthPrimitives
public import EthRPC
public import KeeperCore
import Synchronization

/// What a backtest of pokes is told.
public struct PokeBacktestSettings: Sendable {
    public var contracts: PokeContracts
    public var policy: FeePolicy
    /// The caps that production obeys.
    public var spending: SpendingPolicy
    public var gas: PokeGasModel
    /// Seconds of a slot.
    public var slotLength: UInt64
    /// The keeper's own address in the recording, if it sent anything there.
    public var ownAddress: Address?
    /// Wei per gas at which the saved gas is also priced.
    public var feesNow: Wei

    public init(
        contracts: PokeContracts, policy: FeePolicy, spending: SpendingPolicy, gas: PokeGasModel, slotLength: UInt64 = 3600,
        ownAddress: Address?,
        feesNow: Wei
    ) {
        self.contracts = contracts
        self.policy = policy
        self.spending = spending
        self.gas = gas
        self.slotLength = slotLength
        self.ownAddress = ownAddress
        self.feesNow = feesNow
    }
}

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
            if overlaid.facts != snapshot.facts { overlaid.simulatedGas = nil }
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
