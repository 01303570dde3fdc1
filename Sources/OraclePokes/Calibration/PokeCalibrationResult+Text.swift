import KeeperCore

extension PokeCalibrationResult {
    /// For people.
    var text: String { (heading + (pokes.isEmpty ? [] : table + fitted + residuals + takeover)).joined(separator: "\n") }

    private var heading: [String] {
        var lines = ["Calibration  \(Self.count(pokes.count, "poke")) with a certain branch · \(unusable.count) cannot be used"]
        for why in UnusablePoke.allCases {
            let blocks = unusable.filter { $0.why == why }.map(\.block)
            guard !blocks.isEmpty else { continue }
            let shown = blocks.prefix(6).map { "\($0)" }.joined(separator: " ") + (blocks.count > 6 ? " …" : "")
            lines.append("  \(blocks.count)  \(why.reason) (block\(blocks.count == 1 ? "" : "s") \(shown))")
        }
        return lines
    }

    private var table: [String] {
        let widths = [8, 11, 19, 9]
        var lines = ["", Table.row(["receipts", "model", "measured", "off by"], widths) + "  branch"]
        for branch in before.branches {
            let measured =
                branch.least == branch.most
                ? Table.grouped(branch.least) : "\(Table.grouped(branch.least))–\(Table.grouped(branch.most))"
            let cells = ["\(branch.receipts)", Table.grouped(branch.model), measured, Self.signed(branch.difference)]
            lines.append(Table.row(cells, widths) + "  " + branch.title)
        }
        let mixed = before.branches.count { $0.least != $0.most }
        if mixed > 0 {
            lines.append(
                "\(Self.count(mixed, "branch", "branches")) with different gas: something that receipts do not show, such as an access list"
            )
        }
        lines.append("The model: \(Self.totals(before))")
        return lines
    }

    private var fitted: [String] {
        let widths = [18, 11, 11]
        var lines = ["", "Fitted to these receipts, least squares in exact arithmetic, rounded to whole gas"]
        lines.append(Table.row(["  parameter", "model", "fitted"], widths))
        for value in fit.values {
            var remarks: [String] = []
            if !value.along.isEmpty {
                remarks.append(
                    "only its sum with \(Self.names(value.along)) is determined; \(value.along.count == 1 ? "that stays" : "those stay")"
                )
            }
            if let decisive = value.decisive {
                remarks.append("decided by \(Self.count(decisive.receipts, "receipt")) alone: \(decisive.branch)")
            }
            lines.append(
                Table.row(
                    ["  " + value.parameter.rawValue, Table.grouped(value.before), Table.grouped(value.fitted)], widths)
                    + (remarks.isEmpty ? "" : "  " + remarks.joined(separator: "; ")))
        }
        if !fit.undetermined.isEmpty { lines.append("Not told apart, so they stay: \(Self.names(fit.undetermined))") }
        if !fit.refused.isEmpty {
            lines.append(
                "The fit would be negative, or a discount of more than there is, so they stay: \(Self.names(fit.refused))")
        }
        if !fit.unseen.isEmpty { lines.append("In no receipt: \(Self.names(fit.unseen))") }
        return lines
    }

    private var residuals: [String] { ["After the fit: \(Self.totals(after))"] }

    private var takeover: [String] {
        guard let yaml else { return ["", "The fit changes nothing"] }
        return ["", "To take it over"] + yaml
    }

    private static func names(_ parameters: [PokeGasParameter]) -> String { parameters.map(\.rawValue).joined(separator: ", ") }

    private static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }

    private static func signed(_ value: Int) -> String { (value > 0 ? "+" : "") + Table.grouped(value) }

    private static func totals(_ check: GasCheck) -> String {
        var parts = ["exact \(check.exact)", "within 1 % \(check.close)", "worse \(check.worse)"]
        if let worst = check.worst { parts.append("worst in block \(worst.block), transaction \(worst.transaction)") }
        return parts.joined(separator: " · ")
    }
}
