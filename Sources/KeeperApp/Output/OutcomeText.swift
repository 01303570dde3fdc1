import EthPrimitives
import KeeperCore
import KeeperTransactions

/// Outcomes in words.
enum OutcomeText {
    static func of(_ outcome: Outcome) -> String {
        switch outcome {
        case .noted: "noted"
        case .wouldSend(let id): "would send \(id)"
        case .broadcast(let id, let nonce, let hash): "sent \(id) as \(hash) with nonce \(nonce)"
        case .cancelling(let id, let nonce, let hash, let cause):
            "taking back \(id) (\(cause.text)): \(hash) takes its nonce \(nonce)"
        case .pending(let id, let hash): "waiting for \(id) as \(hash)"
        case .mined(let id, let hash, let block): "\(id) is in block \(block) as \(hash), not final yet"
        case .reorganised(let id, let hash): "a fork undid the block of \(id): \(hash) waits again"
        case .expired(let id): "expired \(id): not mined before its deadline, and not wanted any more"
        case .cancelled(let id, let cause): "cancelled \(id): \(cause.text)"
        case .satisfiedByOther(let id): "\(id) came true without us"
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
