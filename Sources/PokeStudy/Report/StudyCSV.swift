import EthPrimitives
import OraclePokes

/// A study as comma-separated values (RFC 4180): one line for each slot of each strategy.
///
/// Gas, limits and fees are sums over the pokes of the slot; where there are several, methods, fates, access lists and prices are
/// given for each, with semicolons between. Prices are wei per gas, times unix seconds, staleness seconds. Causes are two columns
/// each, gas and wei, positive where it saved.
public struct StudyCSV: Sendable {
    let result: StudyResult

    public init(_ result: StudyResult) { self.result = result }

    /// With a heading line; each line ends with CR LF.
    public var text: String {
        var out = Self.line(Self.heading)
        for strategy in result.strategies {
            for slot in strategy.slots { out += Self.line(Self.fields(strategy.name, slot)) }
        }
        return out
    }

    static let heading =
        [
            "strategy", "slot", "utc", "pokes", "method", "fate", "listed", "gasUsed", "gasLimit", "baseFee", "priorityFee",
            "feeWei", "staleness", "late", "reason",
        ] + SavingCause.allCases.flatMap { ["\($0.rawValue) gas", "\($0.rawValue) wei"] }

    private static func fields(_ strategy: String, _ slot: SlotResult) -> [String] {
        func each(_ text: (PricedPoke) -> String) -> String { slot.pokes.map(text).joined(separator: ";") }
        let cost = slot.cost
        let limit = slot.pokes.reduce(UInt64(0)) { sum, poke in
            let (more, overflow) = sum.addingReportingOverflow(poke.gasLimit)
            return overflow ? .max : more
        }
        var fields = [
            strategy, String(slot.start), slotName(slot.start), String(slot.pokes.count), each { $0.method.rawValue },
            each { $0.fate.rawValue }, each { $0.isListed ? "true" : "false" }, String(cost.gas), String(limit),
            each { $0.baseFee.rawValue.description }, each { $0.priorityFee.rawValue.description }, String(cost.wei),
            String(slot.staleness), slot.isLate ? "true" : "false", slot.reason,
        ]
        for cause in SavingCause.allCases {
            let saving = slot.parts.reduce(Saving()) { $1.cause == cause ? $0 + $1.saving : $0 }
            fields += [String(saving.gas), String(saving.wei)]
        }
        return fields
    }

    private static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\r\n" }

    /// A field that has a comma, a quote or a line break in it stands in quotes, quotes in it twice.
    static func quoted(_ field: String) -> String {
        // By scalars: CR LF is one character, and a quote may carry a combining mark.
        guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return field }
        var out = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { out.unicodeScalars.append(scalar) }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }
}
