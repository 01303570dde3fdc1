import EthChain
import EthEVM
import EthPrimitives
import EthTransactions
import KeeperCore

extension SimulationReport {
    /// The tree of calls and a line for each finding.
    func text(_ names: TraceRenderer) -> String {
        var lines = [heading]
        if mined != nil { lines.append(replayText) }
        if let trace = result?.result.trace { lines += ["", names.text(trace, starved: limits?.starved ?? [])] }
        lines.append("")
        for (name, text) in findings(names) {
            lines.append(name + String(repeating: " ", count: max(1, 13 - name.count)) + text)
        }
        return lines.joined(separator: "\n")
    }

    private var heading: String {
        let known = [ForkSource.configuration: "as said", .node: "the node says", .table: "known chain"][forkSource] ?? ""
        let state = mined == nil ? "block" : "parent"
        return "\(state) \(Table.grouped(block.number)) \(block.hash.description.prefix(10))… · executed in block "
            + "\(Table.grouped(environment.number)) at \(UTC.instant(environment.timestamp)) · \(environment.fork) (\(known)) · base fee "
            + "\(environment.baseFeePerGas.text(in: .gwei)) gwei"
    }

    private var replayText: String {
        if notReplayed > 0 {
            return
                "! \(notReplayed) transactions before it in its block were not executed: the result may be another for that alone"
        }
        switch replayed {
        case 0: return "first in its block"
        case 1: return "behind the one before it in its block"
        default: return "behind the \(replayed) before it in its block"
        }
    }

    private func findings(_ names: TraceRenderer) -> [(String, String)] {
        var findings: [(String, String)] = []
        if let missingPrecompile, let nodeAlone {
            findings.append(("not ours", "precompiled contract \(names.name(missingPrecompile)) is not built in"))
            findings.append(("node", Self.text(nodeAlone)))
        }
        guard let result else { return findings }
        findings.append(("status", statusText(result, names)))
        findings.append(("gas used", gasText(result.result)))
        if let created = result.result.createdAddress { findings.append(("created", "\(created)")) }
        findings.append(("gas limit", limitText(result.result)))
        if let limits { findings += limits.starved.map { ("starves", starvedText($0, names)) } }
        if let text = listText(result) { findings.append(("access list", text)) }
        if let opinion { findings.append(("node", opinionText(opinion))) }
        if let silence { findings.append(("node", "- \(silence)")) }
        if let mined { findings.append(("mined", minedText(mined))) }
        if let rehearsed { findings.append(("requests", "\(rehearsed.requests) for state")) }
        return findings
    }

    private func statusText(_ result: RehearsedTransaction, _ names: TraceRenderer) -> String {
        switch result.result.outcome {
        case .succeeded: "1"
        case .reverted: "0, reverted: \(names.reason(result.result.output))"
        case .halted(let halt): "0, \(halt.text)"
        case .refused(let refusal): "0, \(refusal.text)"
        }
    }

    private func gasText(_ result: ExecutionResult) -> String {
        guard result.gasRefunded > 0 else { return Table.grouped(result.gasUsed) }
        return "\(Table.grouped(result.gasUsed)) after a refund of \(Table.grouped(result.gasRefunded))"
    }

    private func limitText(_ result: ExecutionResult) -> String {
        guard let limits else { return "\(Table.grouped(transaction.gasLimit)); --limits finds the smallest" }
        guard let all = limits.allEffects, let succeeding = limits.succeeding else { return "none makes it succeed" }
        let islands =
            limits.isMonotone ? "" : " · ! more gas does worse in places: these are the limits from which on it does not"
        guard succeeding < all else { return "\(Table.grouped(all)) is the smallest with every effect\(islands)" }
        return
            "\(Table.grouped(all)) is the smallest with every effect; from \(Table.grouped(succeeding)) on it reports status 1 without\(islands)"
    }

    private func starvedText(_ call: StarvedCall, _ names: TraceRenderer) -> String {
        "\(names.title(call)) at limits in between: wants \(Table.grouped(call.gasWanted)), got \(Table.grouped(call.gasGiven))"
    }

    private func listText(_ result: RehearsedTransaction) -> String? {
        guard let saved, let announced else { return nil }
        let list = result.accessList
        let size = "\(list.entries.count) accounts, \(list.storageKeyCount) slots"
        if saved <= 0 { return "\(size): costs \(Table.grouped(-saved)) more, leave it out" }
        let share = saved * 1_000 / Int64(clamping: max(1, result.result.gasUsed))
        return "\(size): saves \(Table.grouped(saved)) (\(share / 10).\(share % 10) %), gas used \(Table.grouped(announced))"
    }

    private static func text(_ node: NodeOpinion) -> String {
        let gas = node.gas.map { (node.method == .estimate ? "limit " : "gas used ") + Table.grouped($0) }
        let status = node.succeeded ? "status 1" : "fails: \(node.failure ?? "no reason given")"
        return "\(node.method.rawValue): \([gas, status].compactMap { $0 }.joined(separator: ", "))"
    }

    private func opinionText(_ opinion: SecondOpinion) -> String {
        let text = Self.text(opinion.node)
        switch opinion.difference {
        case nil:
            let starves = opinion.starves && limits != nil ? ", but at this limit an inner call STARVES" : ""
            return "\(starves.isEmpty ? "" : "! ")\(text) · agrees\(starves)"
        case .status: return "! \(text) · DIFFERS from ours"
        case .gas(let distance):
            return "! \(text) · DIFFERS by \(distance > 0 ? "+" : "")\(Table.grouped(distance)), the larger limit is "
                + Table.grouped(opinion.largerLimit)
        }
    }

    private func minedText(_ mined: MinedTransaction) -> String {
        let differences = differencesFromMined
        if differences.isEmpty { return "the same: status, gas used and all logs" }
        return "! DIFFERS from ours: \(differences.joined(separator: ", "))"
    }
}
