import KeeperTransactions
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import OraclePokes

extension PokerKeeper {
    /// Codes of the notes, the closed list of reasons.
    enum Reason: String {
        case due, nothingDue = "nothing-due", alreadyPoked = "already-poked", beforeSlot = "before-slot", backupWaits =
            "backup-waits"
        case noValidSource = "no-valid-source", onlyDead = "only-dead-ilks", feeCap = "fee-cap", gasCap = "gas-cap"
        case noMulticall = "no-multicall", notRead = "not-read"
        case stopped, sourceInvalid = "source-invalid", sourceReverts = "source-reverts", noPrice = "no-price"
        case simulated, notSimulated = "not-simulated", gasDiffers = "gas-differs", daily, late
        case considered, executed, notExecuted = "not-executed", secondOpinion = "second-opinion"
    }

    /// Judges one snapshot: act if an oracle that matters can advance, in the slot that the head itself lies in.
    func decide(_ snapshot: PokerSnapshot, _ memory: inout NoMemory) -> Decision {
        let head = snapshot.head
        let slot = slotStart(at: head.timestamp)
        var decision = Decision()
        let verdict = verdict(on: snapshot, slot)
        decision.notes.append(verdict.note)
        decision.notes += oracleNotes(snapshot.facts, at: head.timestamp)
        decision.actions += alerts(snapshot.facts, at: head.timestamp, slot)
        guard verdict.acts else { return decision }
        plan(snapshot, slot, &decision)
        return decision
    }

    func note(_ reason: Reason, subject: String? = nil, _ text: String) -> Note {
        Note(reason.rawValue, subject: subject, text)
    }

    /// Whether to act, and the reason.
    private func verdict(on snapshot: PokerSnapshot, _ slot: UInt64) -> (acts: Bool, note: Note) {
        let (head, facts) = (snapshot.head, snapshot.facts)
        let due = facts.oracles.filter { $0.isDue(at: head.timestamp) }
        guard !due.isEmpty else { return (false, quiet(facts, head, slot)) }
        guard facts.isComplete else { return (false, note(.notRead, "sources and spots were not read at this head")) }
        let able = due.filter { $0.sourceReading.value != nil }
        guard !able.isEmpty else {
            return (false, note(.noValidSource, "due, but no source has a value: \(names(due)); a poke would change nothing"))
        }
        let awaited = able.filter { matters($0, facts) }
        guard !awaited.isEmpty else {
            return (false, note(.onlyDead, "due, but only ilks without debt and ceiling depend on \(names(able))"))
        }
        let age = head.timestamp - slot
        if rules.isBackup, age < rules.backupAfter {
            return (false, note(.backupWaits, "\(names(able)) due for \(age) s; a backup acts after \(rules.backupAfter) s"))
        }
        return (true, note(.due, "due: \(names(able)); slot \(UTC.clock(slot))"))
    }

    /// Whether anything alive depends on an oracle, or nothing that is configured.
    private func matters(_ oracle: OracleFacts, _ facts: PokeFacts) -> Bool {
        let ilks = facts.ilks.filter { $0.oracle == oracle.name }
        return ilks.isEmpty || ilks.contains { !$0.isDead }
    }

    /// Why nobody needs to, or can, poke an oracle now; `nil` while somebody should.
    func excuse(for oracle: OracleFacts, _ facts: PokeFacts) -> String? {
        if oracle.isStopped { return "stopped" }
        switch oracle.sourceReading {
        case .invalid: return "its source has no value"
        case .reverts: return "its source refuses it"
        case .valid, .unread: return matters(oracle, facts) ? nil : "only dead ilks depend on it"
        }
    }

    private func names(_ oracles: [OracleFacts]) -> String { oracles.map(\.name).joined(separator: " ") }

    /// Why nothing is due.
    private func quiet(_ facts: PokeFacts, _ head: BlockHeader, _ slot: UInt64) -> Note {
        if facts.oracles.contains(where: { $0.isDue(at: inclusion(after: head)) }) {
            return note(.beforeSlot, "the next slot begins before the next block; gas is sized on the first head inside it")
        }
        if facts.oracles.contains(where: { $0.zzz >= slot && !$0.isStopped }) {
            return note(.alreadyPoked, "every oracle that can be poked was poked in slot \(UTC.clock(slot))")
        }
        return note(.nothingDue, "no oracle is due")
    }

    private func oracleNotes(_ facts: PokeFacts, at time: UInt64) -> [Note] {
        facts.oracles.compactMap { oracle in
            if oracle.isStopped { return note(.stopped, subject: oracle.name, "\(oracle.name) is stopped: its poke reverts") }
            guard oracle.isDue(at: time) else { return nil }
            switch oracle.sourceReading {
            case .invalid:
                return note(
                    .sourceInvalid, subject: oracle.name,
                    "\(oracle.name) would not advance: its source \(oracle.source) has no value")
            case .reverts:
                return note(
                    .sourceReverts, subject: oracle.name,
                    "\(oracle.name) would not advance: its source \(oracle.source) refuses it")
            case .valid, .unread: return nil
            }
        }
    }

    private func alerts(_ facts: PokeFacts, at time: UInt64, _ slot: UInt64) -> [Action] {
        facts.oracles.compactMap { oracle in
            if !oracle.current.isValid {
                return .alert(
                    Alert(key: "\(name)/\(oracle.name)/no-price", severity: .page, text: "\(oracle.name) holds no valid price"))
            }
            if oracle.isStopped {
                return .alert(
                    Alert(
                        key: "\(name)/\(oracle.name)/oracle-stopped", severity: .urgent,
                        text: "\(oracle.name) is stopped: nobody can poke it"))
            }
            guard oracle.isDue(at: time), oracle.sourceReading == .invalid || oracle.sourceReading == .reverts else { return nil }
            return .alert(
                Alert(
                    key: "\(name)/\(oracle.name)/source-invalid", severity: .urgent,
                    text: "\(oracle.name) cannot advance: its source gives no value"))
        }
    }
}
