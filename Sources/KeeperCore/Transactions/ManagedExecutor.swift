public import EthRPC
public import KeeperTransactions
import EthPrimitives
import Synchronization

/// Hands what a keeper wishes to a transaction manager, which somebody else runs: the view of a head before the keeper is asked, all
/// its wishes together when it has said everything.
///
/// While nothing is to be done but to wait for finality, or nothing is in flight at all, a view is read the more rarely the longer that
/// lasts; a wish is always told together with a view of its head.
public final class ManagedExecutor: ActionExecutor {
    private let manager: TransactionManager
    private let state = Mutex(State())

    private struct State {
        /// Of the head that is looked at now.
        var look = Look.none
        var wishes: [TransactionIntent] = []
        /// Of the forms in flight, for the day on which they are final.
        var forms: [TransactionHash: Outcome.Form] = [:]
        /// The head of the last view; `nil` before the first, and after one that failed.
        var last: BlockHeader?
        /// Unix seconds of the last head at which not all was quiet, or of the first.
        var loudAt: UInt64?
    }

    private enum Look {
        case none
        /// The view of this head was told.
        case seen(BlockHash)
        /// A view of this head is not needed unless something is wished.
        case spared(BlockHash)
        /// Why there is no view.
        case failed(String)
    }

    /// After so much quiet, in parts of it, a view is read again: from a confirmed transaction to its finality some ten times.
    private static let quietParts: UInt64 = 4

    public init(_ manager: TransactionManager) { self.manager = manager }

    /// While anything is wanted, or in flight and not yet as deep as the policy asks.
    public var needsEveryHead: Bool { !manager.status.isQuiet }

    public var nextLook: UInt64 {
        guard !manager.status.isIdle else { return .max }
        return state.withLock { Self.nextLook($0) }
    }

    private static func nextLook(_ state: State) -> UInt64 {
        guard let last = state.last, let loudAt = state.loudAt else { return 0 }
        return last.timestamp + max(1, (last.timestamp - min(loudAt, last.timestamp)) / quietParts)
    }

    public func begins(_ intent: TransactionIntent) -> Bool {
        let state = manager.status.state
        return !state.bindings.contains { $0.key?.id == intent.id } && !state.isOver(intent.id)
    }

    public func settle(at head: BlockHeader) async -> [Outcome] {
        let status = manager.status
        let isSpared = state.withLock { state in
            state.wishes = []
            state.look = .none
            guard status.isQuiet, status.state.isAdopted, let last = state.last, head.number > last.number,
                head.timestamp < Self.nextLook(state)
            else { return false }
            state.look = .spared(head.hash)
            return true
        }
        return isSpared ? [] : await look(at: head)
    }

    private func look(at head: BlockHeader) async -> [Outcome] {
        do {
            let reports = try await manager.look(at: head)
            state.withLock { state in
                state.look = .seen(head.hash)
                state.last = head
            }
            return outcomes(of: reports, at: head)
        } catch {
            state.withLock { ($0.look, $0.last) = (.failed("\(error)"), nil) }
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
        let (wishes, look) = state.withLock { ($0.wishes, $0.look) }
        switch look {
        case .none: return []
        case .seen(let hash): return hash == head.hash ? await wish(wishes, at: head) : []
        case .spared(let hash):
            guard hash == head.hash, !wishes.isEmpty else { return [] }
            let outcomes = await self.look(at: head)
            if case .failed(let reason) = state.withLock({ $0.look }) { return outcomes + refused(wishes, reason) }
            return outcomes + (await wish(wishes, at: head))
        case .failed(let reason): return refused(wishes, reason)
        }
    }

    private func wish(_ wishes: [TransactionIntent], at head: BlockHeader) async -> [Outcome] {
        do { return outcomes(of: try await manager.wish(wishes, at: head), at: head) } catch { return refused("\(error)") }
    }

    /// Of each intent in flight.
    private func refused(_ reason: String) -> [Outcome] {
        manager.status.state.bindings.compactMap { $0.key.map { .refused(intent: $0.id, reason: reason) } }
    }

    /// Of each wish that is not in flight: the others are told of as such.
    private func refused(_ wishes: [TransactionIntent], _ reason: String) -> [Outcome] {
        wishes.filter(begins).map { .refused(intent: $0.id, reason: reason) }
    }

    private func outcomes(of reports: [TransactionReport], at head: BlockHeader) -> [Outcome] {
        let status = manager.status
        let bindings = status.state.bindings
        return state.withLock { state in
            if !status.isQuiet || state.loudAt == nil { state.loudAt = head.timestamp }
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
