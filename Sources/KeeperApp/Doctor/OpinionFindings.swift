import EthCodec
import KeeperCore

/// Where nodes lead a keeper to different deeds, facts or reads; pure.
struct OpinionFindings {
    let opinions: [Opinion]
    /// How many nodes must agree before something is sent.
    let quorum: Int

    /// Differences that are told one by one.
    private static let shown = 5

    var findings: [Finding] { decisions + agreement + reads + facts }

    /// Nodes by what would be sent by their facts.
    private var deeds: Disagreement? {
        Disagreement(
            "decision",
            opinions.map { ($0.endpoint, .value($0.wishes.map { "\($0.id) \($0.to) \($0.data)" }.joined(separator: "\n"))) }
        )
    }

    private func opinion(_ endpoint: String) -> Opinion? { opinions.first { $0.endpoint == endpoint } }

    private var decisions: [Finding] {
        guard let deeds else { return [] }
        let reference = deeds.camps[0]
        func says(_ camp: Disagreement.Camp) -> String {
            "by \(camp.endpoints.joined(separator: " and ")) it would send \(camp.endpoints.first.flatMap(opinion)?.deed ?? "nothing")"
        }
        return deeds.camps.dropFirst().map { camp in
            let endpoints = deeds.majority == nil ? reference.endpoints + camp.endpoints : camp.endpoints
            let fields = differences(reference.endpoints.first, camp.endpoints.first).map { " [\($0)]" } ?? ""
            return Finding(
                .decisionDiffers, endpoints, "the decision differs: \(says(reference)), \(says(camp))\(fields)",
                advice: "Do not run on one of them alone: set rpc.quorum, and find out which one is wrong")
        }
    }

    /// The facts in which two nodes differ.
    private func differences(_ one: String?, _ other: String?) -> String? {
        guard let one = one.flatMap(opinion), let other = other.flatMap(opinion) else { return nil }
        let found = FieldDifference.between(one.facts, other.facts)
        guard !found.isEmpty else { return nil }
        let shown = found.prefix(Self.shown).map { "\($0.path): \(one.endpoint) \($0.ours), \(other.endpoint) \($0.theirs)" }
        return shown.joined(separator: "; ") + (found.count > Self.shown ? "; and \(found.count - Self.shown) more" : "")
    }

    private var agreement: [Finding] {
        let largest = deeds?.camps[0].endpoints.count ?? opinions.count
        guard largest < quorum else { return [] }
        return [
            Finding(
                .fewNodes, [], "rpc.quorum is \(quorum), and \(largest) \(largest == 1 ? "node agrees" : "nodes agree")",
                advice: "Run would send nothing: add nodes, or mend those above")
        ]
    }

    private var reads: [Finding] {
        var (exact, estimates) = (AnswerTable(), AnswerTable())
        for opinion in opinions {
            for read in opinion.reads {
                if read.isExact {
                    exact.add(read.subject, opinion.endpoint, read.answer)
                } else {
                    estimates.add(read.subject, opinion.endpoint, read.answer)
                }
            }
        }
        return Self.findings(
            .answersDiffer, exact.disagreements,
            advice: "At least one is wrong about the same block: let no single one decide (rpc.quorum), and ask its operator")
            + Self.findings(
                .estimatesDiffer, estimates.disagreements, advice: "Clients may differ in that; caps and limits bound it")
    }

    private static func findings(_ kind: Finding.Kind, _ differences: [Disagreement], advice: String) -> [Finding] {
        let found = differences.prefix(shown).map { Finding(kind, $0.suspects, $0.text, advice: advice) }
        guard differences.count > shown else { return found }
        let rest = differences.dropFirst(shown)
        let names = rest.reduce(into: [String]()) { names, one in names += one.suspects.filter { !names.contains($0) } }
        return found + [Finding(kind, names, "\(rest.count) more reads of the keeper differ", advice: advice)]
    }

    /// Facts that differ and change nothing.
    private var facts: [Finding] {
        guard let first = opinions.first else { return [] }
        return opinions.dropFirst().filter { $0.wishes == first.wishes }.compactMap { other in
            differences(first.endpoint, other.endpoint).map { fields in
                Finding(
                    .factsDiffer, other.endpoint, "facts differ, the decision is the same [\(fields)]",
                    advice: "If it is more than an estimate, a node is wrong")
            }
        }
    }
}
