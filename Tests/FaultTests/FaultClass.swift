import EthRPC
import KeeperCore

/// One way in which nodes fail, and what a keeper makes of it.
struct FaultClass: Sendable {
    var name: String
    var acts: [Act]

    init(_ name: String, _ acts: Act...) {
        self.name = name
        self.acts = acts
    }

    /// A story, what must come of it, and what it may cost.
    struct Act: Sendable {
        /// Said before the outcome, such as `alone`.
        var label: String?
        var story: @Sendable () -> Story
        var expectation: Expectation
        /// Requests at all nodes together.
        var atMost: Int
        /// What else must hold: what is wrong, in words.
        var check: @Sendable (Account) -> String? = { _ in nil }
    }

    /// What came of it.
    struct Row: Sendable {
        var name: String
        var outcome: String
        var spent: [Int]
        var problems: [String]
        /// What was searched for secrets: pieces, and their bytes together.
        var outputs = 0
        var bytes = 0
    }

    /// What is the same several times is said once.
    private static func list(_ outcomes: [String]) -> String {
        var distinct: [(text: String, count: Int)] = []
        for text in outcomes {
            if let last = distinct.indices.last, distinct[last].text == text {
                distinct[last].count += 1
            } else {
                distinct.append((text, 1))
            }
        }
        return distinct.map { $0.count > 1 ? "\($0.count) × \($0.text)" : $0.text }.joined(separator: "; ")
    }

    /// Plays all its stories.
    func play() async -> Row {
        var row = Row(name: name, outcome: "", spent: [], problems: [])
        var outcomes: [String] = []
        for act in acts {
            let label = act.label.map { $0 + ": " } ?? ""
            do {
                let account = try await Stage.play(act.story())
                row.spent.append(account.spent)
                var problems = act.expectation.problems(account)
                if account.spent > act.atMost { problems.append("\(account.spent) requests, expected at most \(act.atMost)") }
                if let problem = act.check(account) { problems.append(problem) }
                problems += Set(Canaries.found(in: account.outputs)).sorted()
                row.outputs += account.outputs.count
                row.bytes += account.outputs.reduce(0) { $0 + $1.bytes.count }
                row.problems += problems.map { label + $0 }
                outcomes.append(label + (problems.isEmpty ? act.expectation.text : "FAILED"))
            } catch {
                row.problems.append("\(label)\(error)")
                outcomes.append(label + "FAILED")
            }
        }
        row.outcome = Self.list(outcomes)
        return row
    }
}

extension FaultClass.Act {
    /// With a healthy node beside it.
    static func beside(
        _ expectation: Expectation = .unchanged, atMost: Int, _ story: @escaping @Sendable () -> Story
    ) -> Self {
        Self(label: nil, story: story, expectation: expectation, atMost: atMost)
    }

    /// With no other node.
    static func alone(_ expectation: Expectation, atMost: Int, _ story: @escaping @Sendable () -> Story) -> Self {
        Self(label: "alone", story: story, expectation: expectation, atMost: atMost)
    }

    func also(_ check: @escaping @Sendable (Account) -> String?) -> Self {
        var copy = self
        let before = self.check
        copy.check = { before($0) ?? check($0) }
        return copy
    }

    func called(_ label: String) -> Self {
        var copy = self
        copy.label = label
        return copy
    }
}

/// Requests of a story without any fault: what a fault costs is counted from these.
enum Calm {
    /// With two nodes.
    static let pair = 30
    /// With one.
    static let alone = 27
}
