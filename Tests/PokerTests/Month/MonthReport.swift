import KeeperCore

/// What a month came to: the timeline for people, and what is wrong with it.
struct MonthReport {
    let plan: MonthPlan
    let start: UInt64
    let timeline: [MonthPager.Entry]
    let open: [String]

    /// Pages in thirty days that a team bears.
    static let mostPages = 12
    /// Seconds after the end of a trouble in which its page may still come: what was late is seen late.
    private static let grace: UInt64 = 1800

    private var pages: [MonthPager.Entry] { timeline.filter { $0.change == .paged } }

    private func belongs(_ page: MonthPager.Entry, to trouble: MonthPlan.Trouble) -> Bool {
        let into = page.time - start
        return trouble.fault.page == page.kind && into >= trouble.time.lowerBound && into < trouble.time.upperBound + Self.grace
    }

    /// Pages that are missing, twice or for nothing, and incidents without an end; empty for a month as it should be.
    var findings: [String] {
        var findings: [String] = []
        for trouble in plan.troubles where trouble.fault.page != nil {
            let count = pages.count { belongs($0, to: trouble) }
            if count != 1 { findings.append("\(count) pages of kind \(trouble.fault.page ?? "") for: \(trouble.fault.rawValue)") }
        }
        for page in pages where !plan.troubles.contains(where: { belongs(page, to: $0) }) {
            findings.append("a page for nothing: \(UTC.instant(page.time)) \(page.key): \(page.summary)")
        }
        for entry in timeline where entry.change == .again {
            findings.append("told twice: \(UTC.instant(entry.time)) \(entry.key)")
        }
        findings += open.map { "never resolved: \($0)" }
        if pages.count > Self.mostPages { findings.append("\(pages.count) pages, at most \(Self.mostPages) are bearable") }
        return findings
    }

    var text: String {
        var lines: [(UInt64, String)] = plan.troubles.flatMap { trouble in
            [
                (start + trouble.time.lowerBound, "        begins: \(trouble.fault.rawValue)"),
                (start + trouble.time.upperBound, "        ends:   \(trouble.fault.rawValue)"),
            ]
        }
        lines += timeline.filter { ![.endless, .shared].contains($0.change) }.map { entry in
            let word =
                switch entry.change {
                case .paged: "PAGE    "
                case .raised: "raised  "
                case .resolved: "resolved"
                case .again: "AGAIN   "
                case .endless, .shared: ""
                }
            return (entry.time, "\(word) \(entry.kind) \(entry.summary)")
        }
        return lines.sorted { $0.0 < $1.0 }.map { "\(UTC.instant($0.0))  \($0.1)" }.joined(separator: "\n")
    }
}
