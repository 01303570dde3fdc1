public import EthRPC
public import KeeperTransactions
import EthPrimitives
import Synchronization

/// Hands what a keeper wishes to a transaction manager, which somebody else runs: the view of a head before the keeper is asked, all
/// its wishes together when it has said everything.
public final class ManagedExecutor: ActionExecutor {
    private let manager: TransactionManager
    private let state = Mutex(State())

    private struct State {
        /// The head whose view was told: wishes are told for the same head or not at all.
        var head: BlockHash?
        /// Why there is no view of the head, and none is told.
        var failure: String?
        var wishes: [TransactionIntent] = []
        /// Of the forms in flight, for the day on which they are final.
        var forms: [TransactionHash: Outcome.Form] = [:]
    }

    public init(_ manager: TransactionManager) { self.manager = manager }

    /// While anything is wanted or in flight.
    public var needsEveryHead: Bool { !manager.status.isIdle }

    public func begins(_ intent: TransactionIntent) -> Bool {
        let state = manager.status.state
        return !state.bindings.contains { $0.key?.id == intent.id } && !state.isOver(intent.id)
    }

    public func settle(at head: BlockHeader) async -> [Outcome] {
        state.withLock { ($0.head, $0.failure, $0.wishes) = (nil, nil, []) }
        do {
            let reports = try await manager.look(at: head)
            state.withLock { $0.head = head.hash }
            return outcomes(of: reports)
        } catch {
            state.withLock { $0.failure = "\(error)" }
            return refused("\(error)")
        }
    }

    public func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
        guard case .transact(let intent) = action else { return .noted }
        state.withLock { $0.wishes.append(intent) }
        let known = manager.status.state
        if let binding = known.bindings.first(where: { $0.key?.id == intent.id }) {
            return .pending(intent: intent.id, hash: binding.latest.hash)
        }
        return known.isOver(intent.id) ? .alreadyDone(intent: intent.id) : .noted
    }

    public func finish(at head: BlockHeader) async -> [Outcome] {
        let (wishes, isSeen, failure) = state.withLock { ($0.wishes, $0.head == head.hash, $0.failure) }
        guard isSeen else {
            // Those in flight have been told of.
            return failure.map { reason in wishes.filter(begins).map { .refused(intent: $0.id, reason: reason) } } ?? []
        }
        do { return outcomes(of: try await manager.wish(wishes, at: head)) } catch { return refused("\(error)") }
    }

    /// Of each intent in flight.
    private func refused(_ reason: String) -> [Outcome] {
        manager.status.state.bindings.compactMap { $0.key.map { .refused(intent: $0.id, reason: reason) } }
    }

    private func outcomes(of reports: [TransactionReport]) -> [Outcome] {
        let bindings = manager.status.state.bindings
        return state.withLock { state in
            for binding in bindings {
                for form in binding.forms {
                    state.forms[form.hash] = .init(
                        gasLimit: form.gasLimit, reserved: form.reserve, expected: binding.intent?.expectedCost ?? form.reserve)
                }
            }
            let outcomes = reports.compactMap { Outcome($0, state.forms) }
            let live = Set(bindings.flatMap { $0.forms.map(\.hash) })
            state.forms = state.forms.filter { live.contains($0.key) }
            return outcomes
        }
    }
}
