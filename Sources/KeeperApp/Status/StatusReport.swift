import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions

/// How a keeper stands: what the chain shows of its work, what its journal tells of the last day, what its process says of itself.
struct StatusReport {
    var program: String
    var common: KeeperConfiguration
    /// `nil` if no node answers: then nothing is said of the chain.
    var head: BlockHeader?
    var standing: Standing?
    /// `nil` if no process answers, or none is expected to.
    var live: LiveStatus?
    /// Somebody answers where the process should, and is another one.
    var isStranger = false
    /// What is kept of the account, with the times of the store; `nil` without a store.
    var account: (account: StoreAccount, state: MachineState)?
    var balance: Wei?
    var nonce: Nonce?
    var day: DayFigures?
    /// Seconds after which work counts as late.
    var deadline: UInt64

    var text: String {
        [title, standing.map { TextTable.text($0.rows) }, lastTransaction, dayLine, wallet, nodes, why].compactMap { $0 }.joined(
            separator: "\n")
    }

    private var title: String {
        var parts = ["\(common.name)  \(common.mode.rawValue.uppercased())"]
        if let live {
            parts[0] += live.isReady ? "  healthy" : "  NOT READY: \(live.readiness)"
            parts += ["up \(SpanText.of(live.uptime))", "v\(live.version)"]
        } else {
            let who = isStranger ? "another process than this keeper's answers at" : "no process answers at"
            parts.append(
                common.ops.map { "\(who) \($0.listen)" } ?? "without ops.listen: the process is not asked")
        }
        guard let head, let standing else { return (parts + ["NO NODE ANSWERS"]).joined(separator: "   ") }
        parts.append("head \(Table.grouped(head.number)) \(UTC.clock(head.timestamp))")
        parts.append(verdict(standing, head))
        return parts.joined(separator: "   ")
    }

    /// The newest period that was done, and when its transaction was seen in a block where that was ours.
    private func newest(_ standing: Standing) -> String? {
        guard let epoch = standing.work.compactMap(\.doneEpoch).max() else { return nil }
        let at = day?.minedAt[epoch].map { " at \(UTC.clock($0))" } ?? ""
        return "\(UTC.clock(epoch)) done\(at)"
    }

    /// Whether anything is due.
    private func verdict(_ standing: Standing, _ head: BlockHeader) -> String {
        let due = standing.work.filter { $0.dueSince != nil && $0.excuse == nil }
        guard let since = due.compactMap(\.dueSince).min() else {
            let excused = standing.work.count { $0.dueSince != nil }
            return (newest(standing).map { $0 + ", " } ?? "")
                + (excused > 0 ? "\(excused) cannot be done by anybody" : "nothing due")
        }
        let late = head.timestamp - min(since, head.timestamp)
        return "DUE for \(SpanText.of(late)): \(due.map(\.task).joined(separator: " "))"
    }

    private var lastTransaction: String? {
        guard let last = day?.done.last else { return nil }
        let depth = head.map { Table.grouped($0.number - min($0.number, last.mined.block) &+ 1) }
        let lack = last.missing.isEmpty ? "" : "  WITHOUT \(last.missing.joined(separator: ", "))"
        return "last tx   \(last.mined.hash)  \(Table.grouped(last.mined.gasUsed)) of \(Table.grouped(last.mined.gasLimit)) gas  "
            + "\(last.mined.actual.fixed(18, places: 10)) ETH  block \(Table.grouped(last.mined.block))  "
            + (depth.map { "\($0) confirmations" } ?? "") + lack
    }

    private var dayLine: String? {
        guard let day else { return nil }
        var parts = ["\(day.onTime(deadline))/\(day.withEffect) on time"]
        if !day.servedByOthers.isEmpty { parts[0] += ", \(day.servedByOthers.count) by others" }
        if let middle = day.latenessP50, let most = day.lateness.last { parts.append("late p50 \(middle) s, max \(most) s") }
        parts.append("failed \(day.failed), starved \(day.starved)")
        if let calls = live?.calls { parts.append("\(Table.grouped(calls)) RPC calls since the start") }
        return "24 h      " + parts.joined(separator: " · ")
    }

    private var wallet: String? {
        guard let account else { return nil }
        var line = "wallet    \(account.account.address)"
        if let balance {
            line += "  \(balance.fixed(18, places: 4)) ETH"
            let spent = account.state.spent(at: time)
            if let seconds = Self.runway(balance, spent) { line += "  \(SpanText.of(seconds)) at the last day's cost" }
        }
        line += "   pending \(account.state.bindings.count)"
        if let nonce { line += "   nonce \(Table.grouped(nonce))" }
        if account.state.pausedUntil > time { line += "   PAUSED until \(UTC.instant(account.state.pausedUntil))" }
        return line
    }

    /// Unix seconds of the head; of the newest transaction where there is none.
    private var time: UInt64 { head?.timestamp ?? day?.newest ?? 0 }

    /// Seconds that a balance lasts; `nil` where nothing was spent.
    private static func runway(_ balance: Wei, _ spent: Wei) -> UInt64? {
        guard spent > .zero else { return nil }
        let (product, overflow) = balance.rawValue.multipliedReportingOverflow(by: UInt256(86_400))
        return overflow ? .max : (product / spent.rawValue).asUInt64 ?? .max
    }

    private var nodes: String? {
        guard let live else { return nil }
        let alerts = live.alerts.isEmpty ? "alerts: none" : "alerts: " + live.alerts.joined(separator: "; ")
        return "nodes     \(live.nodes ?? "none asked yet")     \(alerts)"
    }

    private var why: String? {
        standing?.work.compactMap(\.doneEpoch).max().map { "why?      \(program) explain \(UTC.instant($0))" }
    }

    var json: JSON {
        .object([
            "name": .string(common.name), "mode": .string(common.mode.rawValue), "chainId": .integer(common.chainID.rawValue),
            "head": head.map { .object(["number": .integer($0.number), "timestamp": .integer($0.timestamp)]) },
            "standing": standing?.json, "process": live?.json ?? .null,
            "account": account.map { account in
                .object([
                    "address": .string("\(account.account.address)"), "balanceWei": balance.map { .string("\($0.rawValue)") },
                    "nonce": nonce.map { .integer($0) }, "inFlight": .integer(UInt64(account.state.bindings.count)),
                    "spentDayWei": .string("\(account.state.spent(at: time).rawValue)"),
                    "pausedUntil": account.state.pausedUntil > 0 ? .integer(account.state.pausedUntil) : nil,
                ])
            },
            "day": day.map { day in
                .object([
                    "done": .integer(UInt64(day.withEffect)), "onTime": .integer(UInt64(day.onTime(deadline))),
                    "failed": .integer(UInt64(day.failed)), "starved": .integer(UInt64(day.starved)),
                    "latenessP50": day.latenessP50.map { .integer($0) }, "latenessMax": day.lateness.last.map { .integer($0) },
                    "byOthers": .integer(UInt64(day.servedByOthers.count)),
                ])
            },
        ])
    }
}
