import EthPrimitives
import KeeperCore

/// The table that people read.
struct PokeReportText {
    let slots: [SlotRecord]
    let settings: PokeBacktestSettings
    let decisions: String
    let ours: StrategyTotals
    let baseline: StrategyTotals
    let savings: Savings
    let incidents: Incidents

    var rendered: String {
        var lines: [String] = []
        lines.append(header)
        lines.append("")
        lines.append(Table.row(["", "pokes", "failed", "starved", "gas", "ETH spent", "late mean/max"], Self.widths))
        lines.append(row("hourly MegaPoker", baseline))
        lines.append(row("this poker", ours))
        let percent =
            "\(Table.percent(Int128(savings.total.gas), Int128(baseline.cost.gas))) gas, "
            + "\(Table.percent(savings.total.wei, baseline.cost.wei)) ETH"
        lines.append(
            Table.row(
                [
                    "saved", "", "", "", Table.grouped(savings.total.gas), Table.ether(savings.total.wei, places: places),
                    "  " + percent,
                ],
                Self.widths))
        let now = Int128(savings.total.gas) * Savings.wei(settings.feesNow)
        lines.append("At fees now (\(settings.feesNow)) the same gas saves \(Table.ether(now)) ETH")
        lines += ["", Table.row(["Where it comes from", "gas", "slots"], [72, 13, 8])]
        for cause in SavingCause.allCases {
            guard let saving = savings.causes[cause], saving.gas != 0 else { continue }
            let sign = saving.gas > 0 ? "+" : ""
            lines.append(
                Table.row(
                    ["  " + cause.rawValue, sign + Table.grouped(saving.gas), "\(savings.slots[cause] ?? 0)"], [72, 13, 8]))
        }
        lines.append(Table.row(["  total", Table.grouped(savings.total.gas), "(exact)"], [72, 13, 9]))
        lines += ["", "What a fixed multiple of the estimate before the hour would have done"]
        lines += incidents.rows.map(incident)
        lines.append("Decisions keccak256 \(decisions.prefix(6))…\(decisions.suffix(4)) · same on every machine")
        return lines.joined(separator: "\n")
    }

    private static let widths = [17, 7, 8, 9, 15, 14, 16]

    private var places: Int { Table.etherPlaces(baseline.cost.wei) }

    private var header: String {
        guard let first = slots.first, let last = slots.last else { return "Backtest  no whole slot in the recording" }
        let oracles = Set(slots.flatMap(\.due)).union(slots.flatMap(\.stopped)).count
        let ilks = slots.lazy.compactMap(\.baseline).first?.effects.spots.count ?? 0
        return "Backtest  \(oracles) oracles, \(ilks) ilks · \(slots.count) hourly slots · "
            + "\(UTC.minute(first.start)) → \(UTC.minute(last.start)) UTC"
    }

    private func row(_ name: String, _ totals: StrategyTotals) -> String {
        Table.row(
            [
                name, "\(totals.pokes)", "\(totals.failed)", "\(totals.starved)", Table.grouped(totals.cost.gas),
                Table.ether(totals.cost.wei, places: places), "\(totals.lateMean) s / \(totals.lateMax) s",
            ], Self.widths)
    }

    private func incident(_ row: Incidents.Row) -> String {
        let all = row.failed + row.starved + row.complete
        var parts: [String] = []
        if row.failed > 0 { parts.append("\(row.failed) of \(all) pokes fail, nothing updated") }
        if row.starved > 0 {
            parts.append("\(row.starved) of \(all) report success while \(row.starvedIlk ?? "an ilk") was not poked")
        }
        if parts.isEmpty { parts.append("all \(all) complete") }
        return "  \(row.title) x   " + parts.joined(separator: "; ")
    }
}
