import EthPrimitives
import EthRPC
import KeeperTransactions

extension Outcome {
    /// What is told of a form that the records of its end do not hold.
    struct Form: Sendable {
        var gasLimit: Gas
        var reserved: Wei
        var expected: Wei
    }

    /// A manager's news in the words of the decision log; `nil` for what it has no words for.
    init?(_ report: TransactionReport, _ forms: [TransactionHash: Form]) {
        guard let id = report.key?.id else { return nil }
        switch report.news {
        case .deferred(let reason): self = .refused(intent: id, reason: reason.text)
        case .sent(let nonce, let hash, .intent, _): self = .broadcast(intent: id, nonce: nonce, hash: hash)
        case .sent(let nonce, let hash, .cancel(let cause), _):
            self = .cancelling(intent: id, nonce: nonce, hash: hash, cause: cause)
        case .sent(_, _, .fill, _): return nil
        case .refused(let hash, let kind): self = .refused(intent: id, reason: "a node refuses \(hash): \(kind.rawValue)")
        case .mined(let hash, let block, _): self = .mined(intent: id, hash: hash, block: block)
        case .reorganised(let hash): self = .reorganised(intent: id, hash: hash)
        case .confirmed, .unbound: return nil
        case .final(.minedWithEffect(let mined)):
            self = .minedWithEffect(intent: id, mined: Mined(mined, true, forms[mined.hash]))
        case .final(.minedWithoutEffect(let mined, let shortfall)):
            let missing: [String] =
                switch shortfall {
                case .reverted: ["reverted"]
                case .outOfGas: ["out of gas"]
                case .missing(let effects): effects
                case .unverified(let effects): effects.map { "\($0) (not verified)" }
                }
            let succeeded =
                switch shortfall {
                case .reverted, .outOfGas: false
                case .missing, .unverified: true
                }
            self = .minedWithoutEffect(intent: id, mined: Mined(mined, succeeded, forms[mined.hash]), missing: missing)
        case .final(.expired): self = .expired(intent: id)
        case .final(.cancelled(let cause)): self = .cancelled(intent: id, cause: cause)
        case .final(.satisfiedByOther): self = .satisfiedByOther(intent: id)
        }
    }
}

extension Outcome.Mined {
    /// - Parameter form: `nil` if it was signed by an earlier process and final before anybody looked.
    fileprivate init(_ mined: IntentOutcome.Mined, _ succeeded: Bool, _ form: Outcome.Form?) {
        self.init(
            hash: mined.hash, block: mined.block, succeeded: succeeded, gasUsed: mined.gasUsed,
            gasLimit: form?.gasLimit ?? mined.gasUsed, reserved: form?.reserved ?? mined.cost,
            expected: form?.expected ?? mined.cost, actual: mined.cost)
    }
}

extension MachineState {
    /// Whether a wish needs no further try: one had its whole effect, or an operator took it back.
    func isOver(_ id: IntentID) -> Bool {
        settled.contains { settlement in
            guard settlement.key.id == id else { return false }
            switch settlement.outcome {
            case .minedWithEffect, .cancelled: return true
            case .minedWithoutEffect, .expired, .satisfiedByOther: return false
            }
        }
    }
}
