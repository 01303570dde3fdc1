import EthPrimitives
import KeeperCore

/// Outcomes in words.
enum OutcomeText {
    static func of(_ outcome: Outcome) -> String {
        switch outcome {
        case .noted: "noted"
        case .wouldSend(let id): "would send \(id)"
        case .broadcast(let id, let nonce, let hash, let refusal):
            "sent \(id) as \(hash) with nonce \(nonce)" + (refusal.map { ", the node refuses it: \($0)" } ?? "")
        case .pending(let id, let hash): "waiting for \(id) as \(hash)"
        case .deferred(let id, let other): "\(id) waits until \(other) is settled"
        case .alreadyDone(let id): "\(id) is done"
        case .refused(let id, let reason): "not sent: \(id): \(reason)"
        case .minedWithEffect(let id, let mined): "done \(id) \(costs(mined))"
        case .minedWithoutEffect(let id, let mined, let missing):
            "mined without effect on \(missing.joined(separator: ", ")): \(id) \(costs(mined))"
        }
    }

    /// The three amounts that are not to be confused.
    private static func costs(_ mined: Outcome.Mined) -> String {
        "in block \(mined.block), status \(mined.succeeded ? 1 : 0), gas \(mined.gasUsed) of \(mined.gasLimit), "
            + "reserved \(ether(mined.reserved)), expected \(ether(mined.expected)), actual \(ether(mined.actual)) ETH"
    }

    /// Ether with ten places, cut.
    private static func ether(_ amount: Wei) -> String { amount.fixed(18, places: 10) }
}
