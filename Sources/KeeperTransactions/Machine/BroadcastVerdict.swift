public import EthRPC

/// What came of handing signed bytes to the nodes, all nodes together.
public enum BroadcastVerdict: Sendable, Hashable {
    /// At least one took it.
    case accepted
    /// None took it, at least one showed that it has a transaction of just this hash.
    case alreadyKnown
    /// All said no. The bytes were out, so that one may have them all the same.
    case refused(NodeErrorKind)
    /// At least one did not answer, none took it.
    case noAnswer
    /// For certain no byte left this process: nothing was connected.
    case neverSent

    /// The verdict on a report. A report does not say for certain that nothing was sent.
    public init(_ report: BroadcastReport) {
        var refusal: NodeErrorKind?
        var (isAccepted, isKnown, isUnanswered) = (false, false, report.outcomes.isEmpty)
        for (_, outcome) in report.outcomes {
            switch outcome {
            case .accepted: isAccepted = true
            case .alreadyKnown: isKnown = true
            case .noAnswer: isUnanswered = true
            case .refused(let error):
                guard let node = error.nodeError else {
                    isUnanswered = true
                    continue
                }
                if node.confirms(report.hash), node.namedHash != nil {
                    isKnown = true
                } else {
                    refusal = Self.graver(refusal, node.kind)
                }
            }
        }
        if isAccepted {
            self = .accepted
        } else if isKnown {
            self = .alreadyKnown
        } else if isUnanswered {
            self = .noAnswer
        } else if let refusal {
            self = .refused(refusal)
        } else {
            self = .noAnswer
        }
    }

    /// Of two nodes' refusals, the one that says most: a nonce that is used, then what a change of the transaction can mend.
    private static func graver(_ a: NodeErrorKind?, _ b: NodeErrorKind) -> NodeErrorKind {
        let order: [NodeErrorKind] = [
            .nonceTooLow, .replacementUnderpriced, .underpriced, .feeCapBelowBaseFee, .insufficientFunds,
        ]
        guard let a else { return b }
        let (rankA, rankB) = (order.firstIndex(of: a) ?? order.count, order.firstIndex(of: b) ?? order.count)
        return rankB < rankA ? b : a
    }
}
