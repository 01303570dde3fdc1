/// Counts the cases of one vector suite and prints them when told: how many passed, and how many were left out for which reason.
public struct VectorTally {
    public let suite: String
    public private(set) var passed = 0
    public private(set) var failed = 0
    /// How many cases were left out, by reason.
    public private(set) var skipped: [String: Int] = [:]

    public init(_ suite: String) { self.suite = suite }

    /// Counts one case that ran.
    public mutating func count(_ success: Bool) { if success { passed += 1 } else { failed += 1 } }

    /// Counts one case that is left out; the reason is part of the runner, never of a configuration.
    public mutating func skip(_ reason: String) { skipped[reason, default: 0] += 1 }

    /// `vectors <suite>: 512 passed, 0 failed, 3 skipped (3 <reason>)`
    public var summary: String {
        let total = skipped.values.reduce(0, +)
        let reasons = skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "; ")
        return "vectors \(suite): \(passed) passed, \(failed) failed, \(total) skipped" + (reasons.isEmpty ? "" : " (\(reasons))")
    }

    public func report() { print(summary) }
}
