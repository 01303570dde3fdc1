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
        case unchanged, held, waiting
        case considered, executed, notExecuted = "not-executed", secondOpinion = "second-opinion"
    }

    /// Judges one snapshot: act if an oracle that matters can advance, in the slot that the head itself lies in.
    func decide(_ snapshot: PokerSnapshot, _ memory: inout PokerMemory) -> Decision {
        let head = snapshot.head
        let slot = slotStart(at: head.timestamp)
        var decision = Decision()
        let left = leftAlone(snapshot, slot, &memory)
        let verdict = verdict(on: snapshot, slot, left, &memory)
        decision.notes.append(verdict.note)
        decision.notes += oracleNotes(snapshot.facts, at: head.timestamp) + leftNotes(left, snapshot.facts)
        decision.actions += alerts(snapshot.facts, at: head.timestamp, slot)
        guard verdict.acts else { return decision }
        plan(snapshot, slot, holding: Self.held(left), &decision)
        return decision
    }

    func note(_ reason: Reason, subject: String? = nil, _ text: String) -> Note {
        Note(reason.rawValue, subject: subject, text)
    }

    /// Whether to act, and the reason.
    private func verdict(
        on snapshot: PokerSnapshot, _ slot: UInt64, _ left: [String: SourceStanding], _ memory: inout PokerMemory
    ) -> (acts: Bool, note: Note) {
        let (head, facts) = (snapshot.head, snapshot.facts)
        let due = facts.oracles.filter { $0.isDue(at: head.timestamp) }
        guard !due.isEmpty else { return (false, quiet(facts, head, slot)) }
        guard facts.isComplete else { return (false, note(.notRead, "sources and spots were not read at this head")) }
        let able = due.filter { $0.sourceReading.value != nil }
        guard !able.isEmpty else {
            return (false, note(.noValidSource, "due, but no source has a value: \(names(due)); a poke would change nothing"))
        }
        let free = able.filter { left[$0.name] == nil }
        guard !free.isEmpty else {
            let isHeld = !Self.held(left).isEmpty
            return (false, note(isHeld ? .held : .unchanged, "due, and left alone: \(names(able))"))
        }
        let awaited = free.filter { matters($0, facts) }
        guard !awaited.isEmpty else {
            return (false, note(.onlyDead, "due, but only ilks without debt and ceiling depend on \(names(free))"))
        }
        let age = head.timestamp - slot
        if rules.isBackup, age < rules.backupAfter {
            return (false, note(.backupWaits, "\(names(free)) due for \(age) s; a backup acts after \(rules.backupAfter) s"))
        }
        if let note = waiting(snapshot, slot, &memory) { return (false, note) }
        return (true, note(.due, "due: \(names(free)); slot \(UTC.clock(slot))"))
    }

    /// Why to wait for a cheaper block; `nil` where there is no waiting, or no more.
    private func waiting(_ snapshot: PokerSnapshot, _ slot: UInt64, _ memory: inout PokerMemory) -> Note? {
        guard rules.patience.seconds > 0, memory.actedIn != slot else { return nil }
        if let fees = snapshot.fees {
            let verdict = rules.patience.verdict(
                baseFee: fees.baseFeePerGas, recent: fees.baseFees ?? [], inclusion: inclusion(after: snapshot.head), slot: slot,
                blockTime: rules.blockTime)
            if case .wait(let threshold, let rank) = verdict {
                return note(
                    .waiting,
                    "the base fee \(fees.baseFeePerGas) is above \(threshold), which \(rank / 10) % of the last "
                        + "\(fees.baseFees?.count ?? 0) blocks did not exceed; waits until \(UTC.clock(slot + rules.patience.seconds)) at most"
                )
            }
        }
        memory.actedIn = slot
        return nil
    }

    /// Whether anything alive depends on an oracle, or nothing that is configured.
    private func matters(_ oracle: OracleFacts, _ facts: PokeFacts) -> Bool {
        let ilks = facts.ilks.filter { $0.oracle == oracle.name }
        return ilks.isEmpty || ilks.contains { !$0.isDead }
    }

    /// Why nobody needs to, or can, poke an oracle now; `nil` while somebody should.
    func excuse(for oracle: OracleFacts, _ facts: PokeFacts, at head: BlockHeader) -> String? {
        if oracle.isStopped { return "stopped" }
        switch oracle.sourceReading {
        case .invalid: return "its source has no value"
        case .reverts: return "its source refuses it"
        case .valid, .unread:
            if rules.planner.skipsUnchangedSources, oracle.isDue(at: head.timestamp) {
                switch standing(of: oracle, book.memory, at: head) {
                case .unchanged: return "its source has not changed"
                case .held(let until, _): return "held back until \(UTC.clock(until))"
                case .free: break
                }
            }
            return matters(oracle, facts) ? nil : "only dead ilks depend on it"
        }
    }

    private func standing(of oracle: OracleFacts, _ memory: SourceMemory, at head: BlockHeader) -> SourceStanding {
        memory.standing(
            of: oracle, slot: slotStart(at: head.timestamp), length: rules.slotLength, inclusion: inclusion(after: head))
    }

    /// Oracles that could be poked and are not, where unchanged sources are left alone.
    private func leftAlone(_ snapshot: PokerSnapshot, _ slot: UInt64, _ memory: inout PokerMemory) -> [String: SourceStanding] {
        guard rules.planner.skipsUnchangedSources else { return [:] }
        var sources = memory.sources ?? SourceMemory()
        sources.see(snapshot.facts.oracles, at: snapshot.head.timestamp, slot: slot)
        memory.sources = sources
        return leftAlone(snapshot.facts, sources, at: snapshot.head)
    }

    /// The same from what is remembered.
    func leftAlone(_ facts: PokeFacts, _ memory: SourceMemory, at head: BlockHeader) -> [String: SourceStanding] {
        var left: [String: SourceStanding] = [:]
        for oracle in facts.oracles where oracle.isDue(at: head.timestamp) && oracle.sourceReading.value != nil {
            let standing = standing(of: oracle, memory, at: head)
            if standing != .free { left[oracle.name] = standing }
        }
        return left
    }

    /// Those that must not be poked now. The others that are left alone may be, by who pokes all.
    static func held(_ left: [String: SourceStanding]) -> Set<String> {
        Set(left.filter { if case .held = $0.value { true } else { false } }.keys)
    }

    private func leftNotes(_ left: [String: SourceStanding], _ facts: PokeFacts) -> [Note] {
        facts.oracles.compactMap { oracle in
            switch left[oracle.name] {
            case .unchanged:
                return note(
                    .unchanged, subject: oracle.name, "\(oracle.name) is left alone: its source equals its next and current price"
                )
            case .held(let until, .leftAlone):
                return note(
                    .held, subject: oracle.name,
                    "\(oracle.name) is held until \(UTC.clock(until)): its source moved after it was left alone in this slot")
            case .held(let until, .promotion):
                return note(
                    .held, subject: oracle.name,
                    "\(oracle.name) is held until \(UTC.clock(until)): its next price would count sooner than its delay allows")
            case .free, nil: return nil
            }
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
