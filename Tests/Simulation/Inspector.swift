import EthPrimitives
import EthRPC
import KeeperTransactions

/// Keeps book of what processes do and checks it against the world: it knows nothing of how the machine decides.
struct Inspector: Sendable {
    /// A nonce with everything that was signed for it in the life of one store.
    struct Entry: Sendable {
        var era: Int
        var nonce: Nonce
        var key: IntentKey?
        /// Durable forms in their order.
        var forms: [Int] = []
        /// Of the forms that were sent.
        var reserve: UInt64 = 0
        /// Bytes left a process.
        var hasLeft = false
        /// The records say so.
        var isOver = false
        var gasLimit: Gas = 0
        var highestSent: Int?
        /// The form that was the newest when a form became it.
        var before: [Int: Int] = [:]
    }

    var entries: [Entry] = []
    private(set) var violation: Violation?
    /// What each life of a process was told of storage.
    var wordsKnown: Set<WordKnown> = []
    /// Height at which the store was lost last.
    var lostAt: UInt64 = 0
    private var refusals: [(id: Int, kind: NodeErrorKind, life: Int, height: UInt64)] = []

    mutating func object(_ invariant: Invariant, _ detail: String) {
        guard violation == nil else { return }
        violation = Violation(invariant: invariant, detail: detail)
    }

    // MARK: - What becomes durable

    mutating func record(_ record: Record, era: Int, _ world: World) {
        switch record {
        case .signed(let signed): sign(signed, era, world)
        case .released(let nonce):
            guard let index = open(nonce, era) else { return }
            if entries[index].hasLeft { object(.released, "nonce \(nonce) of \(name(entries[index].key))") }
            if entries.contains(where: { $0.era == era && $0.nonce > nonce && $0.hasLeft && !$0.isOver }),
                nonce >= world.highestNonce
            {
                object(.noGap, "nonce \(nonce) was released, others above it are out")
            }
            entries.remove(at: index)
        case .displaced(let nonce, _):
            guard let index = open(nonce, era) else { return }
            entries[index].isOver = true
            for form in entries[index].forms where world.block(of: world.transactions[form], on: world.tip) != nil {
                object(.displaced, "nonce \(nonce) has form \(form) of \(name(entries[index].key))")
            }
            let final = world.block(world.finalized(world.tip), on: world.tip)
            if final.nonce <= nonce { object(.displaced, "nonce \(nonce) is not final") }
        case .filled(let nonce, _, _):
            if let index = open(nonce, era) { entries[index].isOver = true }
        case .settled(let settlement):
            if let nonce = settlement.nonce, let index = open(nonce, era) { entries[index].isOver = true }
        case .adopted, .wanted, .recalled, .paused: break
        }
    }

    private func open(_ nonce: Nonce, _ era: Int) -> Int? {
        entries.firstIndex { $0.nonce == nonce && $0.era == era && !$0.isOver }
    }

    private func name(_ key: IntentKey?) -> String { key.map { "\($0)" } ?? "a filler" }

    private mutating func sign(_ signed: Record.Signed, _ era: Int, _ world: World) {
        let id = World.id(signed.form.hash)
        taken(id)
        checkCause(signed, world)
        if let index = open(signed.nonce, era) {
            if entries[index].key != signed.key {
                object(.oneIntent, "nonce \(signed.nonce) of \(name(entries[index].key)) was signed for \(name(signed.key))")
            }
            if let old = entries[index].forms.firstIndex(of: id) {
                // Signed again, it becomes the newest.
                entries[index].forms.remove(at: old)
                entries[index].highestSent = entries[index].highestSent.map { $0 >= old ? $0 - 1 : $0 }
            }
            entries[index].before[id] = entries[index].forms.last
            entries[index].forms.append(id)
            return
        }
        checkBlind(era, world)
        for nonce in world.highestNonce..<max(world.highestNonce, signed.nonce) where open(nonce, era) == nil {
            object(.noGap, "nonce \(signed.nonce) was bound, \(nonce) is free")
        }
        entries.append(Entry(era: era, nonce: signed.nonce, key: signed.key, forms: [id]))
    }

    /// A wish counts as gone only if a block of late says so, or its deadline has passed.
    private mutating func checkCause(_ signed: Record.Signed, _ world: World) {
        guard case .cancel(let cause) = signed.form.purpose, cause != .ordered, cause != .unsendable, let key = signed.key else {
            return
        }
        let slot = world.slots[Int(key.id.epoch)]
        let isGone = world.blocks.contains { block in
            block.number + 30 > world.highest
                && (block.poked & (1 << UInt64(slot.index)) != 0 || block.time >= slot.end
                    || (cause == .expired && block.time > slot.deadline))
        }
        if !isGone { object(.cause, "\(key) was cancelled, \(cause)") }
    }

    /// After a loss nothing is bound while a pool still has what the lost store had signed before.
    private mutating func checkBlind(_ era: Int, _ world: World) {
        guard era > 0, world.tip.number < lostAt + world.scenario.policy.adoptionPatience else { return }
        for node in world.nodes {
            for pooled in node.pool where pooled.since <= lostAt && pooled.nonce >= world.highestNonce {
                guard entries.contains(where: { $0.era < era && $0.forms.contains(pooled.transaction) }) else { continue }
                object(.blind, "form \(pooled.transaction), nonce \(pooled.nonce)")
            }
        }
    }

    // MARK: - Refusals

    /// A node's refusal was told to a process at a height.
    mutating func refused(_ id: Int, _ kind: NodeErrorKind, life: Int, at height: UInt64) {
        refusals.removeAll { $0.height + 16 < height }
        refusals.append((id, kind, life, height))
        if refusals.count(where: { $0.id == id && $0.kind == kind && $0.life == life }) > 6 {
            object(.sendsInBounds, "form \(id): \(kind)")
        }
    }

    /// A node has a form, or it is the newest again: what was refused before no longer counts.
    mutating func taken(_ id: Int) { refusals.removeAll { $0.id == id } }

    // MARK: - What is sent

    /// - Parameter now: unix seconds of the head that the process acts on.
    mutating func send(_ id: Int, era: Int, now: UInt64, _ world: World) {
        let transaction = world.transactions[id]
        guard let index = open(transaction.nonce, era), entries[index].forms.contains(id) else {
            return object(.durableBeforeSent, "form \(id), nonce \(transaction.nonce)")
        }
        let policy = world.scenario.policy
        if transaction.maxFee > policy.maxFeePerGas.small || transaction.reserve > policy.maxSpendPerTransaction.small {
            object(
                .priceCap, "form \(id), nonce \(transaction.nonce): \(transaction.maxFee) wei a gas, \(transaction.gasLimit) gas")
        }
        checkReplacement(index, transaction, world)
        checkOneNonce(index, world)
        entries[index].reserve = max(entries[index].reserve, transaction.reserve)
        checkDay(era, now, world)
    }

    /// Whether bytes left is known after they were handed over.
    mutating func left(_ id: Int, era: Int, _ world: World) {
        if let index = open(world.transactions[id].nonce, era) { entries[index].hasLeft = true }
    }

    private mutating func checkReplacement(_ index: Int, _ new: SimTransaction, _ world: World) {
        let forms = entries[index].forms
        guard entries[index].highestSent ?? -1 < forms.lastIndex(of: new.id) ?? 0 else { return }
        let place = forms.lastIndex(of: new.id) ?? 0
        entries[index].highestSent = place
        if case .call = new.content {
            if new.gasLimit < entries[index].gasLimit {
                object(.gasLimit, "nonce \(new.nonce): \(new.gasLimit) after \(entries[index].gasLimit)")
            }
            entries[index].gasLimit = max(entries[index].gasLimit, new.gasLimit)
        }
        guard let before = entries[index].before[new.id] else { return }
        let old = world.transactions[before]
        let isAbove = World.isRaised(new.maxFee, over: old.maxFee) && World.isRaised(new.tip, over: old.tip)
        let isOther = world.isCall(new.id) != world.isCall(old.id)
        let isBelow = (new.maxFee < old.maxFee || isOther) && new.maxFee <= old.maxFee && new.tip <= old.tip
        if !isAbove, !isBelow {
            object(
                .replacementRule, "nonce \(new.nonce): \(new.maxFee) and \(new.tip) after \(old.maxFee) and \(old.tip)")
        }
    }

    private mutating func checkOneNonce(_ index: Int, _ world: World) {
        let entry = entries[index]
        guard let key = entry.key else { return }
        for other in entries where other.key == key && other.era == entry.era && other.nonce != entry.nonce && other.hasLeft {
            let final = world.block(world.finalized(world.tip), on: world.tip)
            if other.nonce >= final.nonce { object(.oneNonce, "\(key) has nonces \(other.nonce) and \(entry.nonce)") }
        }
    }

    private mutating func checkDay(_ era: Int, _ now: UInt64, _ world: World) {
        var sum: UInt64 = 0
        for entry in entries where entry.era == era {
            guard entry.isOver else {
                sum += entry.reserve
                continue
            }
            for form in entry.forms {
                guard let block = world.block(of: world.transactions[form], on: world.tip), block.time + 86_400 > now else {
                    continue
                }
                for mined in block.mined where mined.transaction == form { sum += mined.cost }
            }
        }
        let cap = world.scenario.policy.maxSpendPerDay.small
        if sum > cap { object(.dayCap, "\(sum) wei of \(cap)") }
    }
}
