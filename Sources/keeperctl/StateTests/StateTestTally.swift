import EthCodec
import EthConformance
import EthEVM
import EthPrimitives
import KeeperApp

/// What came of a run of state tests.
struct StateTestTally {
    private(set) var passed = 0
    private(set) var failures: [StateTestResult] = []
    private(set) var omissions: [StateTestOmission: [StateTestCase]] = [:]
    /// Cases that passed, if all are to be told of.
    private var passes: [StateTestResult] = []
    private let keepsAll: Bool

    init(keepsAll: Bool) { self.keepsAll = keepsAll }

    var skipped: Int { omissions.values.reduce(0) { $0 + $1.count } }
    var total: Int { passed + failures.count + skipped }

    mutating func count(_ result: StateTestResult) {
        switch result.verdict {
        case .passed:
            passed += 1
            if keepsAll { passes.append(result) }
        case .failed: failures.append(result)
        case .skipped(let omission): omissions[omission, default: []].append(result.testCase)
        }
    }

    /// The line that names a case.
    static func name(_ item: StateTestCase) -> String { "\(item.file) \(item.test) \(item.fork) \(item.variant)" }

    static func text(_ omission: StateTestOmission) -> String {
        switch omission {
        case .precompile(let address): "precompiled contract \(address) is not built in"
        case .fork(let name): "the rules of \(name) are not built in"
        }
    }

    /// Threads end in any order; what is printed has one.
    private func sorted(_ results: [StateTestResult]) -> [StateTestResult] {
        results.map { (Self.name($0.testCase), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private var sortedOmissions: [(text: String, cases: [StateTestCase])] {
        omissions.map { (Self.text($0.key), $0.value.sorted { Self.name($0) < Self.name($1) }) }.sorted { $0.text < $1.text }
    }

    // MARK: For people

    func text(_ time: Duration, threads: Int) -> String {
        var lines = sorted(passes).map { "passed  \(Self.name($0.testCase))\(execution($0))" }
        for failure in sorted(failures) {
            lines.append("FAILED  \(Self.name(failure.testCase))\(execution(failure))")
            let all = Self.differences(failure)
            for difference in keepsAll ? all[...] : all.prefix(1) {
                lines.append("        \(difference.what): expected \(difference.expected), found \(difference.found)")
            }
            if keepsAll { lines += Self.changes(failure) }
        }
        for (text, cases) in sortedOmissions {
            lines.append("skipped, \(text): \(cases.count) \(cases.count == 1 ? "case" : "cases")")
            lines += Self.names(cases).map { "        " + $0 }
        }
        let tenths = time.components.seconds * 10 + time.components.attoseconds / 100_000_000_000_000_000
        lines.append("\(tenths / 10).\(tenths % 10) s on \(threads) \(threads == 1 ? "thread" : "threads")")
        lines.append("\(passed) passed, \(failures.count) failed, \(skipped) skipped")
        return lines.joined(separator: "\n")
    }

    /// A line for each test, with its variants.
    private static func names(_ cases: [StateTestCase]) -> [String] {
        var lines: [(test: String, variants: [String])] = []
        for item in cases {
            let test = "\(item.file) \(item.test) \(item.fork)"
            if lines.last?.test == test {
                lines[lines.count - 1].variants.append(item.variant)
            } else {
                lines.append((test, [item.variant]))
            }
        }
        return lines.map { "\($0.test): \($0.variants.joined(separator: ", "))" }
    }

    private func execution(_ result: StateTestResult) -> String {
        guard let execution = result.execution else { return "" }
        return "  \(execution.succeeded ? "succeeded" : "undone"), gas \(execution.gasUsed)"
    }

    private static func differences(_ result: StateTestResult) -> [StateTestDifference] {
        if case .failed(let differences) = result.verdict { differences } else { [] }
    }

    private static func changes(_ result: StateTestResult) -> [String] {
        guard let changes = result.changes else { return [] }
        return changes.accounts.sorted { $0.key < $1.key }.flatMap { address, change in
            let account = change.account.map {
                "nonce \($0.nonce), balance \($0.balance.rawValue), \($0.code.bytes.count) bytes of code"
            }
            let slots = change.storage.sorted { $0.key < $1.key }.map {
                "          \($0.key.hexQuantity): \($0.value.hexQuantity)"
            }
            return ["        \(address) \(account ?? "none")\(change.clearsStorage ? ", storage cleared" : "")"] + slots
        }
    }

    // MARK: For programs

    func json(_ time: Duration) -> JSON {
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        return .object([
            "passed": .integer(passed), "failed": .integer(failures.count), "skipped": .integer(skipped),
            "milliseconds": .integer(milliseconds),
            "failures": .array(
                sorted(failures).map { failure in
                    .object(
                        Self.members(failure.testCase) + [
                            JSON.Member(
                                "differences",
                                .array(
                                    Self.differences(failure).map {
                                        .object([
                                            "what": .string($0.what), "expected": .string($0.expected),
                                            "found": .string($0.found),
                                        ])
                                    })),
                            JSON.Member("gasUsed", failure.execution.map { .integer($0.gasUsed) } ?? .null),
                        ])
                }),
            "omissions": .array(
                sortedOmissions.map { text, cases in
                    .object(["reason": .string(text), "cases": .array(cases.map { .object(Self.members($0)) })])
                }),
            "passes": keepsAll
                ? .array(
                    sorted(passes).map {
                        .object(
                            Self.members($0.testCase) + [
                                JSON.Member("gasUsed", $0.execution.map { .integer($0.gasUsed) } ?? .null)
                            ])
                    }) : nil,
        ])
    }

    private static func members(_ item: StateTestCase) -> [JSON.Member] {
        [
            .init("file", .string(item.file)), .init("test", .string(item.test)), .init("fork", .string(item.fork)),
            .init("data", .integer(item.data)), .init("gas", .integer(item.gas)), .init("value", .integer(item.value)),
        ]
    }
}
