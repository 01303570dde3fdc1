import EthPrimitives
import KeeperTransactions

extension Inspector {
    /// The transaction that a nonce finally has.
    struct Final: Sendable {
        var transaction: Int
        var mined: SimMined
        /// What its call states is true after its block.
        var hasEffect: Bool
    }

    /// Compares the records with the chain as it is when all is calm and final.
    mutating func finish(_ store: SimStore, _ state: MachineState?, _ world: World) {
        var final: [Nonce: Final] = [:]
        for index in world.canonical {
            for mined in world.blocks[index].mined {
                final[world.transactions[mined.transaction].nonce] = Final(
                    transaction: mined.transaction, mined: mined, hasEffect: world.hasEffect(mined, in: world.blocks[index]))
            }
        }
        for (era, records) in store.eras {
            checkMined(era, final, world)
            checkOutcomes(records, era, final, world)
        }
        checkReplay(store, state)
        for node in world.nodes {
            for entry in node.pool where entry.nonce >= world.tip.nonce {
                if case .foreign = world.transactions[entry.transaction].content { continue }
                object(.leftPending, "form \(entry.transaction), nonce \(entry.nonce)")
            }
        }
        for slot in world.slots.suffix(world.scenario.targets) where world.tip.poked & (1 << UInt64(slot.index)) == 0 {
            object(.leftUnmined, "slot \(slot.index) of \(slot.id)")
        }
    }

    private mutating func checkMined(
        _ era: Int, _ final: [Nonce: Final], _ world: World
    ) {
        var mined: [(key: IntentKey, nonce: Nonce)] = []
        for entry in entries where entry.era == era {
            guard let key = entry.key, let form = final[entry.nonce]?.transaction, entry.forms.contains(form), world.isCall(form)
            else { continue }
            if let other = mined.first(where: { $0.key == key }) {
                object(.oneMined, "\(key) has nonces \(other.nonce) and \(entry.nonce)")
            }
            mined.append((key, entry.nonce))
        }
    }

    private mutating func checkOutcomes(
        _ records: [Record], _ era: Int, _ final: [Nonce: Final], _ world: World
    ) {
        var settled: [IntentKey] = []
        for record in records {
            guard case .settled(let settlement) = record else { continue }
            if settled.contains(settlement.key) { object(.outcome, "\(settlement.key) has two outcomes") }
            settled.append(settlement.key)
            check(settlement, era, final, world)
        }
    }

    private mutating func check(
        _ settlement: Settlement, _ era: Int, _ final: [Nonce: Final], _ world: World
    ) {
        func isWrong(_ facts: IntentOutcome.Mined, effect: Bool?) -> Bool {
            guard let nonce = settlement.nonce, let found = final[nonce] else { return true }
            return world.transactions[found.transaction].hash != facts.hash || found.hasEffect != (effect ?? found.hasEffect)
                || found.mined.cost != facts.cost.small
        }
        let key = settlement.key
        switch settlement.outcome {
        case .minedWithEffect(let facts): if isWrong(facts, effect: true) { object(.outcome, "\(key): \(settlement.outcome)") }
        case .minedWithoutEffect(let facts, .unverified):
            // Nobody can know; that nobody knew is checked where it becomes durable.
            if isWrong(facts, effect: nil) { object(.outcome, "\(key): \(settlement.outcome)") }
        case .minedWithoutEffect(let facts, _):
            if isWrong(facts, effect: false) { object(.outcome, "\(key): \(settlement.outcome)") }
        case .expired, .cancelled, .satisfiedByOther:
            for entry in entries where entry.era == era && entry.key == key {
                guard let found = final[entry.nonce], entry.forms.contains(found.transaction), world.isCall(found.transaction)
                else { continue }
                object(.outcome, "\(key) is \(settlement.outcome), but mined with nonce \(entry.nonce)")
            }
        }
    }

    private mutating func checkReplay(_ store: SimStore, _ known: MachineState?) {
        do throws(RecordError) {
            let state = try MachineState(replaying: store.records)
            if let known, known != state { object(.replay, "the state is another") }
            for entry in state.wanted { object(.everyOutcome, "\(entry.key) has no nonce") }
            for binding in state.bindings {
                object(.everyOutcome, "\(binding.key.map { "\($0)" } ?? "a filler") has nonce \(binding.nonce)")
            }
        } catch {
            object(.records, "\(error)")
        }
    }
}
