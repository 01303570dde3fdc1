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
                    "saved", "", "", "", Table.grouped(savings.total.gas), etherSaved,
                    "  " + percent,
                ],
                Self.widths))
        let now = Int128(savings.total.gas) * settings.feesNow.signed
        lines.append("At \(settings.feesNow) (--fees-now) the same gas saves \(Table.ether(now)) ETH")
        lines += ["", Table.row(["Where it comes from", "gas", "ETH", "slots"], Self.causeWidths)]
        for cause in SavingCause.allCases {
            guard let saving = savings.causes[cause] else { continue }
            let sign = saving.gas > 0 ? "+" : ""
            lines.append(
                Table.row(
                    [
                        "  " + cause.title, sign + Table.grouped(saving.gas),
                        (saving.wei > 0 ? "+" : "") + Table.ether(saving.wei, places: places),
                        "\(savings.slots[cause] ?? 0)",
                    ], Self.causeWidths))
        }
        lines.append(Table.row(["  total", Table.grouped(savings.total.gas), etherSaved, "(exact)"], Self.causeWidths))
        lines += ["", "What a fixed multiple of the estimate before the hour would have done"]
        lines += incidents.rows.map(incident)
        lines.append("Decisions keccak256 \(decisions.prefix(6))…\(decisions.suffix(4)) · same on every machine")
        return lines.joined(separator: "\n")
    }

    private static let widths = [17, 7, 8, 9, 15, 14, 16]

    /// The difference of the two amounts as they are printed, so that the column adds up.
    private var etherSaved: String {
        func printed(_ wei: Int128) -> Int128 { Table.rounded(wei, places: places) }
        return Table.ether(printed(baseline.cost.wei) - printed(ours.cost.wei), places: places)
    }

    private var places: Int { Table.etherPlaces(baseline.cost.wei) }

    private static let causeWidths = [50, 13, 13, 9]

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
        if parts.isEmpty {
            parts.append("all \(all) complete")
        } else if row.complete > 0 {
            parts.append("\(row.complete) complete")
        }
        return "  \(row.title) x   " + parts.joined(separator: "; ")
    }
}
