import KeeperTransactions
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore

/// The value behind a backtest: worlds, slots, and what a reorganisation must undo.
struct PokeBacktestState: Sendable {
    let settings: PokeBacktestSettings
    private(set) var ours: PokeWorld
    private var baseline: PokeWorld
    private var history: RecordedHistory
    private var fees: FeeFacts?
    private(set) var slots: [SlotRecord] = []
    private let firstSlot: UInt64
    private var last: BlockHeader
    /// Worlds as they stood after recent heads.
    private var past: [Checkpoint] = []

    private struct Checkpoint: Sendable {
        var head: BlockHeader
        var ours: PokeWorld
        var baseline: PokeWorld
        var history: RecordedHistory
        /// The newest slots, because a transaction of an orphaned block was not paid for.
        var slots: [SlotRecord]
    }

    /// Deepest reorganisation that is undone exactly.
    private static let maximumDepth = 64

    init(_ settings: PokeBacktestSettings, first head: BlockHeader, facts: PokeFacts) {
        self.settings = settings
        ours = PokeWorld(facts)
        baseline = PokeWorld(facts)
        history = RecordedHistory(facts)
        last = head
        let length = settings.slotLength
        firstSlot = (head.timestamp + length - 1) / length * length
    }

    /// Takes in the next recorded head: first our pending transactions, then what others did.
    mutating func advance(to head: BlockHeader, _ recorded: PokeFacts, fees newFees: FeeFacts?, evidence: [BlockEvidence]) {
        let depth = undoOrphans(head, recorded)
        let before = history.facts
        let gasBefore = settings.gas.megaPoker(baseline.overlay(before).effects(at: last.timestamp)).used
        let step = history.advance(to: recorded)
        let facts = history.facts
        if let newFees { fees = newFees }
        ours.adoptNewSpots(facts.ilks)
        baseline.adoptNewSpots(facts.ilks)
        for oracle in step.changed {
            ours.adopt(oracle)
            baseline.adopt(oracle)
        }
        openSlot(at: head, facts, gasBefore: gasBefore)
        includePending(at: head, facts)
        let proof = PokeEvidence(evidence, before: before, contracts: settings.contracts, time: head.timestamp)
        for poke in step.pokes {
            ours.apply(poke, ilks: facts.ilks, par: facts.par, reached: proof.reached)
            baseline.apply(poke, ilks: facts.ilks, par: facts.par, reached: proof.reached)
        }
        note(step, proof, depth: depth, at: head, facts)
        sendBaseline(at: head, facts)
        last = head
        past.append(checkpoint(head))
        if past.count > Self.maximumDepth { past.removeFirst() }
    }

    private func checkpoint(_ head: BlockHeader) -> Checkpoint {
        Checkpoint(head: head, ours: ours, baseline: baseline, history: history, slots: Array(slots.suffix(2)))
    }

    /// Goes back to the newest head that the new one stands on. Returns how many blocks were orphaned.
    ///
    /// Heads may have gaps, so what the new branch left out is told by height, by parent hash where it is known, and by oracles
    /// that are behind where they were.
    private mutating func undoOrphans(_ head: BlockHeader, _ recorded: PokeFacts) -> UInt64 {
        func isOrphaned(_ checkpoint: Checkpoint) -> Bool {
            if checkpoint.head.number >= head.number { return true }
            if checkpoint.head.number + 1 == head.number { return checkpoint.head.hash != head.parentHash }
            return recorded.oracles.contains { oracle in
                checkpoint.history.facts.oracle(oracle.name).map { $0.zzz > oracle.zzz } ?? false
            }
        }
        let newest = last.number
        var undone = false
        while let checkpoint = past.last, isOrphaned(checkpoint) {
            past.removeLast()
            undone = true
        }
        guard undone, let ancestor = past.last else { return 0 }
        ours = ancestor.ours
        baseline = ancestor.baseline
        history = ancestor.history
        last = ancestor.head
        slots.removeAll { $0.start >= (ancestor.slots.first?.start ?? firstSlot) }
        slots += ancestor.slots
        return newest - ancestor.head.number
    }

    private func slotStart(_ time: UInt64) -> UInt64 { time - time % settings.slotLength }

    /// Opens the slot that a head is the first of; slots without any head are listed too.
    private mutating func openSlot(at head: BlockHeader, _ facts: PokeFacts, gasBefore: Gas) {
        let start = slotStart(head.timestamp)
        guard start >= firstSlot, slots.last.map({ $0.start < start }) ?? true else { return }
        while let next = slots.last.map({ $0.start + settings.slotLength }), next < start {
            slots.append(SlotRecord(start: next))
        }
        var slot = SlotRecord(start: start)
        slot.due = ours.overlay(facts).oracles.filter { $0.isDue(at: head.timestamp) }.map(\.name)
        slot.stopped = facts.oracles.filter(\.isStopped).map(\.name)
        slot.invalid = facts.oracles.filter { $0.sourceReading == .invalid || $0.sourceReading == .reverts }.map(\.name)
        slot.gasBefore = last.timestamp < start ? gasBefore : nil
        slots.append(slot)
    }

    /// Includes what is pending, if its fees suffice.
    private mutating func includePending(at head: BlockHeader, _ facts: PokeFacts) {
        guard let fees, let base = head.baseFeePerGas,
            let price = settings.policy.estimate(fees).caps.effectiveGasPrice(baseFeePerGas: base)
        else { return }
        if let poke = ours.pending {
            let included = Self.include(poke, in: &ours, settings.gas, facts, head, price)
            update(poke.slot) { $0.own.append(included) }
        }
        if let poke = baseline.pending {
            let included = Self.include(poke, in: &baseline, settings.gas, facts, head, price)
            update(poke.slot) { $0.baseline = included }
        }
    }

    private static func include(
        _ poke: PendingPoke, in world: inout PokeWorld, _ model: PokeGasModel, _ facts: PokeFacts, _ head: BlockHeader,
        _ price: Wei
    ) -> IncludedPoke {
        world.pending = nil
        let effects = world.overlay(facts).effects(at: head.timestamp)
        var gas = model.gas(of: poke.plan, effects)
        let statusOne = poke.plan.method == .megaPoker && !poke.plan.isListed ? model.megaPokerStatusOne(effects) : gas.needed
        var fate = IncludedPoke.Fate.complete
        if poke.gasLimit < statusOne {
            fate = .failed
            gas.used = poke.gasLimit
        } else {
            if poke.gasLimit < gas.needed { fate = .starved }
            world.poke(poke.plan, on: facts, at: head.timestamp, isStarved: fate == .starved)
        }
        return IncludedPoke(
            plan: poke.plan, effects: effects, gas: gas, gasLimit: poke.gasLimit, time: head.timestamp, price: price, fate: fate)
    }

    private mutating func note(
        _ step: RecordedHistory.Step, _ proof: PokeEvidence, depth: UInt64, at head: BlockHeader, _ facts: PokeFacts
    ) {
        let oursDone = Self.isDone(ours.overlay(facts), at: head.timestamp)
        let baselineDone = Self.isDone(baseline.overlay(facts), at: head.timestamp)
        let own = settings.ownAddress
        update(slotStart(head.timestamp)) { slot in
            if !step.pokes.isEmpty { slot.pokedBy = own.map { proof.pokers == [$0] } ?? false ? .own : .other }
            slot.starved.formUnion(proof.starved)
            slot.reorgDepth = max(slot.reorgDepth, depth)
            if slot.ownDone == nil, oursDone { slot.ownDone = head.timestamp }
            if slot.baselineDone == nil, baselineDone { slot.baselineDone = head.timestamp }
        }
    }

    /// Whether no oracle could advance.
    private static func isDone(_ facts: PokeFacts, at time: UInt64) -> Bool {
        !facts.oracles.contains { $0.isDue(at: time) && $0.sourceReading.value != nil }
    }

    /// The baseline sends the whole MegaPoker once a slot, at the first head in it.
    private mutating func sendBaseline(at head: BlockHeader, _ facts: PokeFacts) {
        let start = slotStart(head.timestamp)
        guard let slot = slots.last, slot.start == start, slot.baseline == nil, baseline.pending == nil else { return }
        let planner = PokePlanner(
            choice: .megaPoker, skipsDeadIlks: false, skipsUnchangedSpots: false, hasMulticall: false, gas: settings.gas)
        let effects = baseline.overlay(facts).effects(at: head.timestamp)
        let plan = planner.megaPoker(effects)
        baseline.pending = PendingPoke(plan: plan, gasLimit: settings.gas.nodeEstimate(plan.gas.used) * 12 / 10, slot: start)
    }

    private mutating func update(_ start: UInt64, _ change: (inout SlotRecord) -> Void) {
        guard let index = slots.lastIndex(where: { $0.start == start }) else { return }
        change(&slots[index])
    }

    /// Takes a transaction that the keeper decided on.
    mutating func send(_ intent: TransactionIntent, at head: BlockHeader) -> Outcome {
        let start = slotStart(head.timestamp)
        guard start >= firstSlot else { return .refused(intent: intent.id, reason: "the recording begins inside this slot") }
        guard ours.pending == nil else { return .refused(intent: intent.id, reason: "a transaction waits to be mined") }
        guard let slot = slots.last, slot.own.count < intent.maxAttempts else {
            return .refused(intent: intent.id, reason: "all attempts of this slot are used")
        }
        guard intent.isIncludable else { return .refused(intent: intent.id, reason: "the base fee is above the cap") }
        if let reason = settings.spending.refusal(of: intent, spentToday: spent(before: head.timestamp)) {
            return .refused(intent: intent.id, reason: reason)
        }
        let names = Set(intent.effects.map(\.name))
        let plan = PokePlan(
            method: method(of: intent),
            oracles: history.facts.oracles.map(\.name).filter(names.contains),
            ilks: history.facts.ilks.map(\.name).filter(names.contains),
            gas: PokeGas(used: intent.gasExpected, needed: intent.gasExpected),
            isListed: !intent.accessList.entries.isEmpty)
        ours.pending = PendingPoke(plan: plan, gasLimit: intent.gasLimit, slot: start)
        update(start) { slot in
            slot.isPoked = true
            slot.gasLimit = slot.gasLimit ?? intent.gasLimit
            slot.gasExpected = slot.gasExpected ?? intent.gasExpected
            slot.reserved = (slot.reserved ?? .zero) + intent.reserved
            slot.expectedCost = (slot.expectedCost ?? .zero) + intent.expectedCost
        }
        // What was sent after a head survives a reorganisation above that head.
        if past.popLast() != nil { past.append(checkpoint(head)) }
        return .wouldSend(intent: intent.id)
    }

    private func method(of intent: TransactionIntent) -> PokeMethod {
        switch intent.to {
        case settings.contracts.megaPoker: .megaPoker
        case settings.contracts.multicall: .multicall
        default: .single
        }
    }

    /// Wei of our pokes in the 24 hours before a time.
    private func spent(before time: UInt64) -> Wei {
        slots.suffix(25).flatMap(\.own).filter { $0.time + 86_400 > time }.map { $0.price * $0.gas.used }.reduce(.zero, +)
    }

    /// Keeps the reason of the first decision in a slot, then that of the first poke.
    mutating func explain(_ decision: Decision, at head: BlockHeader) {
        let poked = decision.actions.contains { if case .transact = $0 { true } else { false } }
        update(slotStart(head.timestamp)) { slot in
            guard slot.reason == SlotRecord.unseen || (poked && !slot.explainsPoke) else { return }
            slot.reason = decision.notes.first?.text ?? "no reason given"
            slot.explainsPoke = poked
        }
        if past.popLast() != nil { past.append(checkpoint(head)) }
    }
}
