import EthPrimitives
import EthRPC

/// The report for people: two tables, what was compared, and a line for each finding.
struct DoctorText: CustomStringConvertible {
    private let report: DoctorReport

    init(_ report: DoctorReport) { self.report = report }

    var description: String {
        [overview, capabilities, compared, report.keeper?.text ?? "", Self.lines(report.findings)].filter { !$0.isEmpty }.joined(
            separator: "\n\n")
    }

    /// Findings, those that matter first.
    static func lines(_ findings: [Finding]) -> String {
        let problems = findings.filter { $0.kind.exitCode != nil }.map { "! \($0)" }
        let remarks = findings.filter { $0.kind.exitCode == nil }.map { "- \($0)" }
        return (problems.isEmpty ? ["no problems"] : problems).joined(separator: "\n")
            + remarks.map { "\n" + $0 }.joined()
    }

    private var overview: String {
        let titles = ["endpoint", "client", "chain", "head", "age", "lag", "p50", "p95", "batch"]
        let archive = report.nodes.contains { $0.oldestState != nil } ? ["state from"] : []
        let rows = report.nodes.map { node -> [String] in
            let state = archive.isEmpty ? [] : [Self.cell(node.oldestState)]
            return Self.cells(node) + state
        }
        return TextTable.text([titles + archive] + rows)
    }

    private static func cells(_ node: NodeFacts) -> [String] {
        [
            node.label, node.client ?? "-", cell(node.chainID), cell(node.head?.number), node.age.map(age) ?? "-", cell(node.lag),
            node.latency.percentile(50)?.milliseconds ?? "-", node.latency.percentile(95)?.milliseconds ?? "-",
            node.batch?.text ?? "-",
        ]
    }

    private static func cell(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "-" }

    private var capabilities: String {
        let asked = report.nodes.filter { !$0.capabilities.isEmpty }
        guard !asked.isEmpty else { return "" }
        let rows = Capability.allCases.map { capability in
            [capability.title] + asked.map { Self.word($0.capabilities[capability]) }
        }
        return TextTable.text([[""] + asked.map(\.label)] + rows)
    }

    private static func word(_ status: Capability.Status?) -> String {
        guard let status, status != .notApplicable else { return "-" }
        return status.word
    }

    private var compared: String {
        let comparison = report.comparison
        guard let head = comparison.head else {
            return comparison.heights.isEmpty
                ? "" : "compared: hashes only, at \(comparison.heights.map(String.init).joined(separator: ", "))"
        }
        let names = comparison.endpoints.joined(separator: ", ")
        let differ = comparison.disagreements.isEmpty ? "all agree" : "\(comparison.disagreements.count) answers differ"
        return "compared: \(comparison.reads) reads at block \(head.number) \(head.hash) of \(names): \(differ)"
    }

    private static func age(_ seconds: UInt64) -> String {
        switch seconds {
        case ..<600: "\(seconds) s"
        case ..<36_000: "\(seconds / 60) min"
        case ..<864_000: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}

extension DoctorReport {
    /// The report for people, without a line break at its end.
    public var text: String { DoctorText(self).description }
}
