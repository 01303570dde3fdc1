import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTransactions
import OraclePokes

/// How to poke, once it is decided that somebody should.
extension PokerKeeper {
    /// Adds the transaction, or why there is none.
    func plan(_ snapshot: PokerSnapshot, _ slot: UInt64, holding held: Set<String>, _ decision: inout Decision) {
        let effects = snapshot.facts.effects(at: inclusion(after: snapshot.head), holding: held)
        let considered = considered(snapshot, effects, allowsWhole: held.isEmpty)
        guard let plan = considered.first?.plan, let target = plan.target(snapshot.facts, targets.contracts) else {
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
        if snapshot.alternatives != nil { decision.notes += considered.map { note(.considered, $0.text) } }
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
                    maxAttempts: rules.maxAttemptsPerSlot,
                    accessList: execution(of: plan, snapshot)?.accessList ?? [])))
    }

    /// The ways of poking, the one that is sent first, then the others by their gas. Without executions, as where a backtest's world
    /// differs from the recorded one, those that need none.
    func considered(_ snapshot: PokerSnapshot, _ effects: PokeEffects, allowsWhole: Bool) -> [ConsideredPoke] {
        var planner = rules.planner
        planner.isExact = planner.isExact && snapshot.alternatives != nil
        var all = ConsideredPoke.ranked(
            planner.plans(for: effects, allowsWhole: allowsWhole), executed: snapshot.alternatives ?? [], snapshot.facts,
            targets.contracts)
        // The limit of a transaction with a list has to be known too.
        guard let best = all.firstIndex(where: { !$0.plan.isListed || execution(of: $0.plan, snapshot) != nil }) else {
            return []
        }
        all.insert(all.remove(at: best), at: 0)
        return all
    }

    /// The same for people, best first.
    func plans(_ snapshot: PokerSnapshot) -> [PokePlan] {
        let held = rules.planner.skipsUnchangedSources ? Self.held(leftAlone(snapshot.facts, book.memory, at: snapshot.head)) : []
        let effects = snapshot.facts.effects(at: inclusion(after: snapshot.head), holding: held)
        return considered(snapshot, effects, allowsWhole: held.isEmpty).map(\.plan)
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
        snapshot.execution.flatMap { $0.isOf(plan, snapshot.facts, targets.contracts) ? $0 : nil }
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
