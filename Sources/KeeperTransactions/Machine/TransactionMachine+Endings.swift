import EthPrimitives
import EthRPC

extension TransactionMachine {
    /// The record of a binding's end, if that is beyond doubt.
    func ending(of binding: Binding, _ view: ChainView) -> Record? {
        guard let flight = flight(binding.nonce), !flight.isEnding else { return nil }
        if let receipt = flight.receipt, isFinal(receipt, flight, view) { return ending(of: binding, receipt, flight, view) }
        if let hash = flight.foreign, view.finalizedNonce > binding.nonce, flight.receipt == nil {
            return .displaced(nonce: binding.nonce, by: hash)
        }
        if let record = mutatedEnding(of: binding, flight, view) { return record }
        return isReleasable(binding, flight) ? .released(nonce: binding.nonce) : nil
    }

    /// Beyond doubt: in a block that is final, by a node in whose final state the nonce is used.
    private func isFinal(_ receipt: Receipt, _ flight: Flight, _ view: ChainView) -> Bool {
        if mutations.contains(.finalAtOnce) { return !flight.isUnclear }
        return !flight.isUnclear && receipt.blockNumber <= view.finalized && view.finalizedNonce > flight.nonce
    }

    /// `nil` while words of storage that decide the outcome are not read.
    private func ending(of binding: Binding, _ receipt: Receipt, _ flight: Flight, _ view: ChainView) -> Record? {
        // The head's time, which is later than the block's: so a cost counts for no less than a day.
        let time = view.head.timestamp
        guard let key = binding.key else { return .filled(nonce: binding.nonce, cost: receipt.cost, time: time) }
        guard let outcome = outcome(of: binding, receipt, flight, isFinal: true) else { return nil }
        return .settled(
            Settlement(
                key: key, outcome: outcome, nonce: binding.nonce, cost: receipt.cost, time: time,
                deadline: binding.intent?.deadline ?? 0))
    }

    /// No byte was ever sent, and there is no reason to begin: the intent is no longer wanted, or its nonce is gone. A nonce below
    /// others of ours stays: releasing it would leave them behind a gap.
    private func isReleasable(_ binding: Binding, _ flight: Flight) -> Bool {
        guard !flight.isTouched, !isInHand(nonce: binding.nonce) else { return false }
        if flight.isUsed { return !flight.isUnclear }
        guard binding.nonce == state.bindings.last?.nonce || mutations.contains(.releaseLeavesGap) else { return false }
        return purposeNow(of: binding).isCancel
    }

    /// Looks after a nonce that has a receipt, or is used without one.
    mutating func lookAfterMined(_ binding: Binding, _ flight: Flight, _ view: ChainView) {
        guard let receipt = flight.receipt else {
            if let since = flight.unexplainedSince, view.head.number >= since + 8 { alert(.unexplained(nonce: binding.nonce)) }
            guard view.finalizedNonce > binding.nonce, flight.foreign == nil, view.head.number >= flight.locateAt else { return }
            changeFlight(binding.nonce) { $0.locateAt = view.head.number + 2 }
            // A fork may have put it some blocks below the head at which it was signed.
            actions.append(.locate(nonce: binding.nonce, from: binding.boundAt - min(binding.boundAt, 256)))
            return
        }
        guard let form = binding.form(receipt.transactionHash) else { return }
        if flight.reported.map({ $0 != (receipt.transactionHash, receipt.blockHash) }) ?? true {
            changeFlight(binding.nonce) {
                $0.reported = (receipt.transactionHash, receipt.blockHash)
                $0.isConfirmed = false
            }
            report(binding.key, .mined(receipt.transactionHash, block: receipt.blockNumber, form.purpose))
        }
        if view.head.number + 1 >= receipt.blockNumber + policy.confirmations, !(self.flight(binding.nonce)?.isConfirmed ?? true)
        {
            changeFlight(binding.nonce) { $0.isConfirmed = true }
            report(binding.key, .confirmed(receipt.transactionHash, block: receipt.blockNumber))
        }
        if view.head.number >= receipt.blockNumber + 8, form.purpose.isIntent, !binding.slots.isEmpty,
            outcome(of: binding, receipt, flight, isFinal: false) == nil
        {
            alert(.effectUnread(nonce: binding.nonce))
        }
    }

    /// The deliberate bugs that end a binding too early.
    private func mutatedEnding(of binding: Binding, _ flight: Flight, _ view: ChainView) -> Record? {
        guard !mutations.isEmpty, let key = binding.key else { return nil }
        func over(_ outcome: IntentOutcome) -> Record {
            .settled(
                Settlement(
                    key: key, outcome: outcome, nonce: binding.nonce, cost: .zero, time: view.head.timestamp,
                    deadline: binding.intent?.deadline ?? 0))
        }
        if mutations.contains(.nullReceiptIsFailure), flight.isUsed, flight.receipt == nil, !flight.isUnclear {
            return over(.cancelled(.unsendable))
        }
        if mutations.contains(.foreignAtFirstSight), flight.isUsed, flight.receipt == nil, !flight.isUnclear {
            return .displaced(nonce: binding.nonce, by: TransactionHash())
        }
        if mutations.contains(.cancelWins), flight.isTaken, flight.receipt == nil,
            case .cancel(let cause) = binding.latest.purpose
        {
            return over(cause.outcome)
        }
        if mutations.contains(.expiryReleasesSent), flight.receipt == nil, case .cancel(.expired) = purposeNow(of: binding) {
            return .released(nonce: binding.nonce)
        }
        if mutations.contains(.retryWithNewNonce), flight.receipt == nil, view.head.number >= binding.boundAt + 8 {
            return .released(nonce: binding.nonce)
        }
        return nil
    }
}
