/// What came of a run, and what is wrong with it.
public struct SoakReport: Sendable {
    let plan: SoakPlan
    let tally: SoakTally
    let samples: [ProcessSample]
    /// Requests and faults as the servers counted them.
    let served: [(name: String, count: UInt64)]
    /// Seconds in which operations began.
    let seconds: Double

    /// More growth of resident memory than this is a leak, percent.
    private static let mostGrowth = 5.0
    /// Connections come and go: between the medians of the two windows so many descriptors are nothing.
    private static let descriptorSlack = 8
    /// Sixteen connections to each of three nodes, and twice that for those being closed and for what a process has open anyway.
    private static let mostDescriptors = 144
    /// Of the rate that was planned.
    private static let leastRate = 0.9

    /// Between the two windows: `nil` if there are no samples in them.
    private func medians(_ value: (ProcessSample) -> Int) -> (before: Int, after: Int)? {
        func median(_ range: ClosedRange<Double>) -> Int? {
            let values = samples.filter { range.contains($0.time) }.map(value).sorted()
            return values.isEmpty ? nil : values[values.count / 2]
        }
        guard let before = median(plan.warmUp...plan.warmUp + plan.window),
            let after = median(plan.seconds - plan.window...plan.seconds)
        else { return nil }
        return (before, after)
    }

    /// Percent.
    private var growth: Double? {
        medians(\.residentKiB).map { Double($0.after - $0.before) * 100 / Double(max(1, $0.before)) }
    }

    private var rate: Double { Double(tally.begun) / max(0.001, seconds) }

    /// What must not be; empty if all is well.
    public var violations: [String] {
        var violations: [String] = []
        if tally.inFlight > 0 { violations.append("\(tally.inFlight) operations never ended") }
        if tally.late > 0 {
            violations.append("\(tally.late) operations took longer than \(plan.timeout), the longest \(tally.latencies.longest)")
        }
        if tally.wrong > 0 { violations.append("\(tally.wrong) answers were those to other questions") }
        if tally.answered == 0 { violations.append("nothing was answered") }
        if tally.heads == 0 { violations.append("no heads came") }
        if let most = samples.map(\.descriptors).max(), most > Self.mostDescriptors {
            violations.append("\(most) file descriptors were open at once")
        }
        guard plan.isLong else { return violations }
        if let descriptors = medians(\.descriptors), abs(descriptors.after - descriptors.before) > Self.descriptorSlack {
            violations.append("file descriptors went from \(descriptors.before) to \(descriptors.after)")
        }
        if let growth, growth > Self.mostGrowth { violations.append("memory grew by \(SoakText.fixed(growth)) %") }
        if rate < Self.leastRate * Double(plan.rate) {
            violations.append("\(SoakText.fixed(rate)) operations a second instead of \(plan.rate)")
        }
        return violations
    }

    /// For people.
    public var table: String {
        let shares = tally.failures.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { "\($0.key) \($0.value)" }
        var rows: [(String, String)] = [
            ("operations", "\(SoakText.grouped(tally.begun)) in \(SoakText.fixed(seconds)) s, \(SoakText.fixed(rate)) a second"),
            ("answered", "\(SoakText.grouped(tally.answered)) (\(SoakText.percent(tally.answered, tally.begun)))"),
            ("failed", "\(SoakText.grouped(tally.failed))" + (shares.isEmpty ? "" : ": " + shares.joined(separator: ", "))),
            ("under way at the end", "\(tally.inFlight)"),
            (
                "time",
                "half within \(SoakText.fixed(tally.latencies.percentile(50))) ms, 99 of 100 within "
                    + "\(SoakText.fixed(tally.latencies.percentile(99))) ms, the longest "
                    + "\(SoakText.fixed(tally.latencies.longest / .milliseconds(1))) ms of \(plan.timeout / .milliseconds(1)) allowed"
            ),
            ("heads", "\(tally.heads), \(tally.jumps) jumps"),
        ]
        if let memory = medians(\.residentKiB), let growth {
            rows.append(
                (
                    "memory",
                    "\(SoakText.mebibytes(memory.before)) after \(SoakText.fixed(plan.warmUp)) s, \(SoakText.mebibytes(memory.after)) at the end: "
                        + "\(growth < 0 ? "" : "+")\(SoakText.fixed(growth)) %"
                        + (plan.isLong ? " of \(SoakText.fixed(Self.mostGrowth)) allowed" : ", not judged in so short a run")
                ))
        }
        if let descriptors = medians(\.descriptors) {
            let all = samples.filter { $0.time >= plan.warmUp }.map(\.descriptors)
            rows.append(
                (
                    "descriptors",
                    "\(descriptors.before) then, \(descriptors.after) at the end; \(all.min() ?? 0) to \(all.max() ?? 0) in between"
                ))
        }
        rows.append(("served", served.map { "\($0.name) \(SoakText.grouped(Int(clamping: $0.count)))" }.joined(separator: ", ")))
        let width = (rows.map(\.0.count).max() ?? 0) + 2
        return rows.map { SoakText.padded($0.0, width) + $0.1 }.joined(separator: "\n")
    }
}
