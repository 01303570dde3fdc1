public import KeeperTransactions

extension IntentOutcome {
    /// For people: what finally became of an intent.
    public var text: String {
        switch self {
        case .minedWithEffect(let mined): "mined with effect in block \(mined.block) as \(mined.hash)"
        case .minedWithoutEffect(let mined, let shortfall):
            "mined without effect in block \(mined.block) as \(mined.hash): \(shortfall.text)"
        case .expired: "expired: not mined before its deadline, and not wanted any more"
        case .cancelled(let cause): "cancelled: \(cause.text)"
        case .satisfiedByOther: "came true without us"
        }
    }
}

extension IntentOutcome.Shortfall {
    /// For people.
    public var text: String {
        switch self {
        case .reverted: "reverted"
        case .outOfGas: "out of gas"
        case .missing(let effects): "missing: \(effects.joined(separator: ", "))"
        case .unverified(let effects): "not verified: \(effects.joined(separator: ", "))"
        }
    }
}

extension CancelCause {
    /// For people: why a nonce is given away.
    public var text: String {
        switch self {
        case .expired: "its deadline passed"
        case .satisfiedByOther: "not wanted any more"
        case .ordered: "an operator's order"
        case .unsendable: "nodes refuse it for good"
        }
    }
}
