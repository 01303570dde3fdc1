import EthCodec
import EthPrimitives
public import EthRPC

/// What nodes of one chain answer to the same questions.
public struct Comparison: Sendable {
    /// The block that state was read at; `nil` where nodes have no block in common.
    public var head: BlockHeader?
    /// Those who were asked for it.
    public var endpoints: [String] = []
    /// How many questions were put to them.
    public var reads = 0
    /// Heights at which hashes were compared.
    public var heights: [UInt64] = []
    var disagreements: [Disagreement] = []
    var blocks: [Disagreement] = []
    /// Questions that a node did not answer, by node: how many, and the newest reason.
    var silences: [String: (count: Int, reason: String)] = [:]

    var json: JSON {
        .object([
            "block": head.map { .integer($0.number) }, "hash": head.map { .string($0.hash.description) },
            "endpoints": .array(endpoints.map { .string($0) }), "reads": .integer(reads),
            "differ": .integer(disagreements.count), "hashesAt": .array(heights.map { .integer($0) }),
        ])
    }

    /// Disagreements of a node that are told one by one.
    private static let shown = 5

    var findings: [Finding] {
        var found = blocks.map { difference in
            Finding(
                .blocksDiffer, difference.suspects, difference.text,
                advice:
                    "They follow different branches: if that is so a minute later, the ones outside of the majority are on a fork"
            )
        }
        var told: [[String]: Int] = [:]
        for difference in disagreements {
            told[difference.suspects, default: 0] += 1
            guard told[difference.suspects, default: 0] <= Self.shown else { continue }
            found.append(
                Finding(
                    .answersDiffer, difference.suspects, difference.text,
                    advice:
                        "At least one is wrong about the same block: let no single one decide (rpc.quorum), and ask its operator")
            )
        }
        for (suspects, count) in told.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where count > Self.shown {
            found.append(
                Finding(
                    .answersDiffer, suspects, "\(count - Self.shown) more reads differ",
                    advice: "They are probably at odds about the whole block"))
        }
        for endpoint in endpoints {
            guard let silence = silences[endpoint] else { continue }
            found.append(
                Finding(
                    .unsteady, endpoint, "did not answer \(silence.count) of \(reads) reads: \(silence.reason)",
                    advice: "What it does not answer, others could not confirm"))
        }
        return found
    }
}
