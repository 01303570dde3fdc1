public import EthRPC

/// Where an intent's try stands, as `TransitionTable` names it.
public enum IntentPhase: String, Sendable, Hashable, CaseIterable {
    /// Never wanted, or forgotten after its outcome.
    case none
    /// Wanted, without a nonce.
    case wanted
    /// Its first form is being signed or stored.
    case signing
    /// It has a nonce, and for certain no byte was sent.
    case bound
    /// Its newest form is its own, and bytes may be out.
    case sent
    /// Its newest form is a cancel.
    case cancelling
    /// Its nonce is used; by which transaction is not shown.
    case used
    /// One of its forms has a receipt.
    case mined
    /// It has its outcome.
    case ended
}

extension TransactionMachine {
    /// Where an intent's try stands.
    public func phase(of key: IntentKey) -> IntentPhase {
        if let binding = state.binding(of: key) {
            guard let flight = flight(binding.nonce) else { return .bound }
            if flight.receipt != nil { return .mined }
            if flight.isUsed { return .used }
            if binding.latest.purpose.isCancel { return .cancelling }
            return flight.isTouched ? .sent : .bound
        }
        if state.wanted.contains(where: { $0.key == key }) { return isInHand(key) ? .signing : .wanted }
        return state.settled.contains { $0.key == key } ? .ended : .none
    }
}

extension TransactionMachine {
    /// The newest head that was believed.
    public var newestHead: BlockHeader? { view?.head }
}
