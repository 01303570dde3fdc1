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
        case executed, notExecuted = "not-executed", secondOpinion = "second-opinion"
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

    private func note(_ reason: Reason, subject: String? = nil, _ text: String) -> Note {
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

    /// Adds the transaction, or why there is none.
    private func plan(_ snapshot: PokerSnapshot, _ slot: UInt64, _ decision: inout Decision) {
        let time = inclusion(after: snapshot.head)
        let effects = snapshot.facts.effects(at: time)
        guard let plan = rules.planner.plans(for: effects).first, let target = plan.target(snapshot.facts, targets.contracts)
        else {
            return withdraw(&decision, note(.noMulticall, "the plan needs a Multicall3 and none is configured"))
        }
        guard let fees = snapshot.fees else { return withdraw(&decision, note(.notRead, "fees were not read at this head")) }
        let estimate = rules.fees.estimate(fees)
        // Wished all the same: what is sent, and when, is the transaction manager's business. What is no longer wished is taken back.
        if !estimate.isIncludable {
            let text = "the base fee \(estimate.baseFeePerGas) is above the cap \(rules.fees.maxFeePerGas)"
            decision.actions.append(.alert(Alert(key: "\(name)/fee-cap", severity: .urgent, text: text)))
            decision.notes.insert(note(.feeCap, text), at: 0)
        }
        let (limit, expected): (Gas, Gas)
        do {
            let floor = floor(plan, effects, snapshot)
            let execution = execution(of: plan, snapshot)
            expected = execution?.gasUsed ?? floor.used
            let least = try GasLimit.limit(
                simulated: snapshot.simulatedGas ?? 0, model: floor.needed, exact: execution?.needs ?? 0,
                marginPercent: rules.gasLimitMargin, cap: rules.maxGasLimit)
            // A node that claims more raises the limit as far as the caps admit: it cannot prevent what we know to fit.
            limit = max(least, min(execution?.largerNeed ?? 0, rules.maxGasLimit, GasLimit.protocolCap))
        } catch {
            return withdraw(&decision, note(.gasCap, "\(error)"))
        }
        decision.notes += simulationNotes(snapshot, plan)
        decision.actions += simulationAlerts(snapshot, plan)
        if snapshot.head.timestamp > slot + rules.deadline {
            let minutes = (snapshot.head.timestamp - slot - rules.deadline) / 60
            decision.notes.append(note(.late, "late: the deadline \(UTC.clock(slot + rules.deadline)) passed \(minutes) min ago"))
        }
        if effects.runsDailyBlock, plan.method == .megaPoker {
            decision.notes.append(note(.daily, "the MegaPoker's daily block runs at inclusion: sized for it"))
        }
        decision.actions.append(
            .transact(
                TransactionIntent(
                    id: IntentID(keeper: name, target: plan.oracles.joined(separator: "+"), epoch: slot), to: target,
                    data: Bytes(plan.callData(snapshot.facts, targets.contracts)), gasLimit: limit, gasExpected: expected,
                    fees: estimate.caps, baseFeePerGas: estimate.baseFeePerGas,
                    effects: plan.expectedEffects(snapshot.facts, targets.contracts), deadline: slot + rules.deadline,
                    maxAttempts: rules.maxAttemptsPerSlot)))
    }

    /// What the model says at least. Its figure for the daily block is inferred, not measured, so a simulation at the time of
    /// inclusion, which cannot starve a poker with a daily timer, stands in for it.
    private func floor(_ plan: PokePlan, _ effects: PokeEffects, _ snapshot: PokerSnapshot) -> PokeGas {
        guard effects.runsDailyBlock, plan.method == .megaPoker, let simulated = snapshot.simulatedGas else { return plan.gas }
        var hourly = effects
        hourly.runsDailyBlock = false
        let gas = rules.planner.gas.megaPoker(hourly)
        return PokeGas(used: max(gas.used, simulated), needed: gas.needed)
    }

    /// The reason not to send takes the first place from the reason to send.
    private func withdraw(_ decision: inout Decision, _ reason: Note) { decision.notes.insert(reason, at: 0) }

    /// The execution in our own machine, if it is of this plan's call.
    private func execution(of plan: PokePlan, _ snapshot: PokerSnapshot) -> PokeExecution? {
        snapshot.execution.flatMap { execution in
            execution.callHash == Keccak256.hash(plan.callData(snapshot.facts, targets.contracts)) ? execution : nil
        }
    }

    private func simulationAlerts(_ snapshot: PokerSnapshot, _ plan: PokePlan) -> [Action] {
        guard let node = execution(of: plan, snapshot)?.node, !node.agrees else { return [] }
        let said = node.gas.map { "\($0) gas" } ?? "failure"
        let text = "\(node.method) says \(said) of the whole MegaPoker, our own machine \(node.ownGas): the larger limit is used"
        return [.alert(Alert(key: "\(name)/simulation-differs", severity: .urgent, text: text))]
    }

    private func executionNotes(_ execution: PokeExecution) -> [Note] {
        var text = "executed here at inclusion: \(execution.gasUsed) gas, every effect from a limit of \(execution.needs)"
        if execution.succeedsFrom < execution.needs {
            let starved = execution.starved.isEmpty ? "an inner call" : execution.starved.joined(separator: ", ")
            text += "; from \(execution.succeedsFrom) status 1 while \(starved) starves"
        }
        var notes = [note(.executed, text)]
        if let node = execution.node {
            let said = node.gas.map { "\($0)" } ?? "failure"
            let verdict = node.agrees ? "agrees" : "differs: the larger limit is used"
            notes.append(
                note(.secondOpinion, "\(node.method) of the whole MegaPoker says \(said), we \(node.ownGas): it \(verdict)"))
        }
        return notes
    }

    private func simulationNotes(_ snapshot: PokerSnapshot, _ plan: PokePlan) -> [Note] {
        if let execution = execution(of: plan, snapshot) { return executionNotes(execution) }
        return (snapshot.executionProblem.map { [note(.notExecuted, "not executed here: \($0)")] } ?? [])
            + estimateNotes(snapshot, plan)
    }

    private func estimateNotes(_ snapshot: PokerSnapshot, _ plan: PokePlan) -> [Note] {
        guard let simulated = snapshot.simulatedGas else {
            let why = snapshot.simulationProblem.map { ": \($0)" } ?? ""
            return [note(.notSimulated, "the gas model stands alone, no simulation of this world\(why)")]
        }
        var notes = [note(.simulated, "node estimate at inclusion \(simulated), model \(plan.gas.used)")]
        let difference = simulated > plan.gas.used ? simulated - plan.gas.used : plan.gas.used - simulated
        if difference * 5 > plan.gas.used {
            notes.append(note(.gasDiffers, "estimate and model differ by more than 20 %: the larger one sizes the limit"))
        }
        return notes
    }
}
