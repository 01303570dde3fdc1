import EthPrimitives
import EthRPC

extension TransactionMachine {
    /// Whether somebody still wants an intent.
    enum Want: Sendable {
        case yes(TransactionIntent)
        /// The keeper was asked at the view's own head, and does not.
        case no
        /// The keeper was not asked of late.
        case unknown
    }

    mutating func wish(_ intents: [TransactionIntent], at head: BlockHeader) {
        // Wishes as of an older head than the last ones are late, not new.
        if let wishHead, head.number < wishHead.number { return }
        wishes = intents
        wishHead = head
        if head.hash == view?.head.hash { headsUnasked = 0 }
    }

    /// Whether the keeper was asked at this head, or was not at the one before either: then what it wished before must do. In between
    /// nothing is signed or sent, for it may be unwanted in a moment.
    var isAsked: Bool { headsUnasked != 1 }

    /// Whether the keeper was not asked for so long that its last wishes no longer count.
    var isAbandoned: Bool { headsUnasked > policy.wishLastsBlocks }

    func want(_ id: IntentID) -> Want {
        guard let wishHead, let view else { return .unknown }
        if let wish = wishes.first(where: { $0.id == id }) {
            return wishHead.number + policy.wishLastsBlocks >= view.head.number ? .yes(wish) : .unknown
        }
        // Only at the very head of the view: else the wish may be gone because a transaction of ours was mined that the view
        // does not show.
        return wishHead.hash == view.head.hash ? .no : .unknown
    }

    /// The wishes that become new intents: those without one, and those whose last try is over and leaves another.
    mutating func newWishes() -> [Wanted] {
        guard let view, let wishHead, !isAbandoned else { return [] }
        var new: [Wanted] = []
        for (index, wish) in wishes.enumerated() where !wishes[..<index].contains(where: { $0.id == wish.id }) {
            guard let attempt = nextAttempt(of: wish, view) else { continue }
            let key = IntentKey(id: wish.id, attempt: attempt)
            new.append(Wanted(key: key, intent: wish, since: max(view.head.timestamp, wishHead.timestamp)))
        }
        return new
    }

    /// The number of a wish's next try; `nil` while one is under way, after one that succeeded or was recalled, and when all are
    /// used.
    private mutating func nextAttempt(of wish: TransactionIntent, _ view: ChainView) -> Int? {
        guard !state.wanted.contains(where: { $0.key.id == wish.id }) else { return nil }
        var last: IntentKey?
        var mined = 0
        for settlement in state.settled where settlement.key.id == wish.id {
            switch settlement.outcome {
            case .minedWithEffect, .cancelled: return nil
            case .minedWithoutEffect: mined += 1
            case .expired, .satisfiedByOther: break
            }
            last = later(last, settlement.key)
        }
        for binding in state.bindings {
            guard let key = binding.key, key.id == wish.id else { continue }
            // Mined as the intent, without effect for certain, and deep enough: another try may follow.
            guard let flight = flight(binding.nonce), !flight.isUnclear, let receipt = flight.receipt,
                let form = binding.form(receipt.transactionHash), form.purpose.isIntent,
                view.head.number + 1 >= receipt.blockNumber + policy.confirmations,
                case .minedWithoutEffect = outcome(of: binding, receipt, flight, isFinal: false)
            else { return nil }
            mined += 1
            last = later(last, key)
        }
        guard let last else { return 1 }
        // Another try only if it is wished in spite of what became of the last.
        guard wishHead?.hash == view.head.hash else { return nil }
        guard mined < wish.maxAttempts else {
            alert(.triesUsed(wish.id))
            return nil
        }
        return last.attempt + 1
    }

    private func later(_ a: IntentKey?, _ b: IntentKey) -> IntentKey {
        guard let a, a.attempt > b.attempt else { return b }
        return a
    }

    /// Notes which intents without a nonce are no longer wanted, and ends those for which that is beyond doubt.
    mutating func unboundEndings(_ view: ChainView) -> [Record] {
        absences.removeAll { absence in !state.wanted.contains { $0.key == absence.key } }
        var records: [Record] = []
        for entry in state.wanted where !isInHand(entry.key) {
            guard let outcome = unboundOutcome(entry, view) else { continue }
            records.append(
                .settled(
                    Settlement(
                        key: entry.key, outcome: outcome, nonce: nil, cost: .zero, time: view.head.timestamp,
                        deadline: entry.intent.deadline)))
        }
        return records
    }

    private mutating func unboundOutcome(_ entry: Wanted, _ view: ChainView) -> IntentOutcome? {
        if entry.isRecalled { return .cancelled(.ordered) }
        let index = absences.firstIndex { $0.key == entry.key }
        switch want(entry.key.id) {
        case .yes:
            if let index { absences.remove(at: index) }
            return nil
        case .unknown:
            guard index == nil else { break }
            return isAbandoned && view.head.timestamp > entry.intent.deadline ? .expired : nil
        case .no:
            guard index == nil else { break }
            if view.head.timestamp > entry.intent.deadline { return .expired }
            absences.append(Absence(key: entry.key, block: view.head.number, time: view.head.timestamp))
        }
        // Gone before its deadline: so it stays once the block that fulfilled it is final.
        guard let index, view.finalized >= absences[index].block else { return nil }
        return .satisfiedByOther
    }

    /// Whether an intent's first form is being signed or stored.
    func isInHand(_ key: IntentKey) -> Bool {
        switch hand {
        case .idle: false
        case .signing(let order), .ready(let order, _), .storing(let order, _): order.key == key
        }
    }
}
