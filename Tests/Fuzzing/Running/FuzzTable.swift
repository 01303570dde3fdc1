internal import EthCodec
internal import EthPrimitives

/// Reports for people, and for programs.
public enum FuzzTable {
    /// A line for each target under a head.
    public static func text(_ reports: [TargetReport]) -> String {
        let head = ["target", "inputs", "inputs/s", "accepted", "slowest", "peak", "findings"]
        let rows = reports.map { report in
            [
                report.target, grouped(report.inputs), grouped(UInt64(report.rate)),
                "\(Int((report.accepted * 100).rounded())) %",
                "\(decimal(report.slowestMilliseconds)) ms", "\(decimal(report.peakMebibytes)) MiB", "\(report.findings.count)",
            ]
        }
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        return ([head] + rows).map { row in
            row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + space : space + row[column]
            }.joined(separator: "   ")
        }.joined(separator: "\n")
    }

    /// One object: `targets` with what the table shows, and `findings` with how to run each again.
    public static func json(_ reports: [TargetReport]) -> String {
        JSON.object([
            "targets": .array(reports.map(target)), "findings": .array(reports.flatMap(\.findings).map(finding)),
        ]).description
    }

    private static func target(_ report: TargetReport) -> JSON {
        .object([
            "target": .string(report.target), "seed": .integer(report.seed), "inputs": .integer(report.inputs),
            "seconds": .number(decimal(report.seconds)), "inputsPerSecond": .integer(UInt64(report.rate)),
            "accepted": .number(decimal(report.accepted * 100)),
            "slowestMilliseconds": .number(decimal(report.slowestMilliseconds)),
            "slowestInput": .integer(report.slowestIndex), "peakMebibytes": .number(decimal(report.peakMebibytes)),
            "findings": .integer(report.findings.count), "corpusEntries": .integer(report.corpusEntries),
            "corpusMedianBytes": .integer(report.corpusMedian), "corpusDigest": .string(report.corpusDigest.description),
        ])
    }

    private static func finding(_ finding: Finding) -> JSON {
        .object([
            "target": .string(finding.target), "kind": .string(finding.kind.rawValue), "seed": .integer(finding.seed),
            "input": .integer(finding.index), "detail": .string(finding.detail), "arguments": .string(finding.arguments),
        ])
    }

    /// `10,000,000`
    public static func grouped(_ number: UInt64) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// One digit behind the point.
    static func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
