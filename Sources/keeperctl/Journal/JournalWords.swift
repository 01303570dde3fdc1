import EthCodec
import KeeperCore

/// What a line of a decision log says, in a few words. Members that are missing or of another form are left out.
struct JournalWords: CustomStringConvertible {
    let description: String

    init(_ kind: String, _ line: JSON) {
        let words: [String?] =
            switch kind {
            case "decision": Self.decision(line["decision"])
            case "outcome": Self.outcome(line["outcome"])
            case "final": Self.final(line)
            case "quorum": Self.quorum(line["quorum"])
            case "start": Self.start(line)
            case "alert": [line["alert"]?.string]
            case "order": [line["order"]?.string, line["answer"]?.string]
            default: [Self.intent(line["intent"]), line["text"]?.string]
            }
        description = words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// What is to be done, then the reasons, of inaction too.
    private static func decision(_ decision: JSON?) -> [String?] {
        let actions = decision?["actions"]?.array ?? []
        return actions.map(action) + (decision?["notes"]?.array ?? []).map { $0["text"]?.string ?? $0["code"]?.string }
    }

    private static func action(_ action: JSON) -> String? {
        if let intent = action["transact"] {
            return ["send", Self.intent(intent["id"])].compactMap { $0 }.joined(separator: " ")
        }
        if let alert = action["alert"] {
            return [["alert", alert["severity"]?.string].compactMap { $0 }.joined(separator: " "), alert["text"]?.string]
                .compactMap { $0 }.joined(separator: ": ")
        }
        guard let sample = action["record"] else { return action.members?.first.map { words($0.name) } }
        return ["record", sample["name"]?.string, sample["value"].map(plain)].compactMap { $0 }.joined(separator: " ")
    }

    private static func outcome(_ outcome: JSON?) -> [String?] {
        // The case of the outcome is the only member's name.
        guard let (name, facts) = outcome?.members?.first.map({ ($0.name, $0.value) }) else { return [] }
        let mined = facts["mined"]
        return [
            words(name), intent(facts["intent"]), nonce(facts), (facts["hash"] ?? mined?["hash"])?.string,
            mined?["block"].map { "block \(grouped($0))" }, ether(mined?["actual"]), missing(facts["missing"]),
            facts["reason"]?.string, facts["cause"]?.members?.first.map { words($0.name) },
        ]
    }

    private static func final(_ line: JSON) -> [String?] {
        let attempt = line["attempt"].map { "#\(plain($0))" } ?? ""
        let intent = intent(line["intent"]).map { $0 + attempt }
        guard let (name, facts) = line["outcome"]?.members?.first.map({ ($0.name, $0.value) }) else { return [intent] }
        // Values without a name of their own are numbered.
        let mined = facts["_0"]
        let cause = (name == "cancelled" ? facts["_0"] : facts["_1"])?.members?.first
        return [
            words(name), intent, nonce(line), mined?["hash"]?.string, mined?["block"].map { "block \(grouped($0))" },
            ether(line["cost"]), cause.map { missing($0.value["_0"], $0.name) ?? words($0.name) },
        ]
    }

    private static func quorum(_ verdict: JSON?) -> [String?] {
        guard let verdict else { return [] }
        func labels(_ name: String) -> [String] { (verdict[name]?.array ?? []).compactMap { $0["endpoint"]?.string } }
        func list(_ words: String, _ labels: [String]) -> String? {
            labels.isEmpty ? nil : "\(words) \(labels.joined(separator: ", "))"
        }
        let agreed = [verdict["endpoint"]?.string].compactMap { $0 } + labels("assents")
        return [
            verdict["quorum"].map { "\(agreed.count) of \(plain($0)) needed" }, list("agree:", agreed),
            list("disagree:", labels("dissents")), list("silent:", labels("absences")),
        ]
    }

    private static func start(_ line: JSON) -> [String?] {
        [
            ["version", line["version"]?.string].allOrNone.map { $0.joined(separator: " ") },
            ["config", line["config"]?.string].allOrNone.map { $0.joined(separator: " ") },
            line["keeper"]?.string, line["name"]?.string, line["mode"]?.string,
            ["account", line["account"]?.string].allOrNone.map { $0.joined(separator: " ") },
        ]
    }

    /// `poker/1663027200/PIP_ETH`, as everywhere.
    private static func intent(_ id: JSON?) -> String? {
        let parts = ["keeper", "epoch", "target"].compactMap { id?[$0] }.map(plain)
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    private static func nonce(_ facts: JSON) -> String? { facts["nonce"].map { "nonce \(plain($0))" } }

    /// - Parameter name: how those that are named fell short.
    private static func missing(_ names: JSON?, _ name: String = "missing") -> String? {
        names?.array.map { "\(words(name)): \($0.map(plain).joined(separator: ", "))" }
    }

    private static func ether(_ wei: JSON?) -> String? { wei.flatMap { Int128(plain($0)) }.map { "\(Table.ether($0)) ETH" } }

    private static func grouped(_ number: JSON) -> String { number.uint64.map { Table.grouped($0) } ?? plain(number) }

    /// A string as it is, anything else as JSON.
    private static func plain(_ json: JSON) -> String { json.string ?? json.description }

    /// `minedWithEffect` as `mined with effect`.
    private static func words(_ name: String) -> String {
        var out = ""
        for character in name { out += character.isUppercase ? " \(character.lowercased())" : String(character) }
        return out
    }
}

extension [String?] {
    /// `nil` if any is.
    fileprivate var allOrNone: [String]? {
        let there = compactMap { $0 }
        return there.count == count ? there : nil
    }
}
