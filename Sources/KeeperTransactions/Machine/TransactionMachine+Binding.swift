import EthPrimitives
import EthRPC
import EthTransactions

extension TransactionMachine {
    /// The lowest nonce that is neither used in the view's chain, nor bound, nor over.
    func nextNonce(_ view: ChainView) -> Nonce {
        var nonce = max(view.nonce, state.floor)
        if mutations.contains(.nonceFromPending), let pending = view.pendingNonce { nonce = max(nonce, pending) }
        while state.isBound(nonce) { nonce += 1 }
        return nonce
    }

    func isPaused(_ view: ChainView) -> Bool { view.head.timestamp < state.pausedUntil }

    /// Gives the next free nonce to the most urgent intent that may have it, or fills it if it lies below others of ours.
    mutating func bindNext() {
        guard let view, isAsked else { return }
        let entries = state.wanted.filter { !isInHand($0.key) && !$0.isRecalled }.sorted {
            $0.intent.deadline < $1.intent.deadline
        }
        for entry in entries {
            guard let wish = wish(entry) else { continue }
            if let deferral = bind(entry, wish, view) {
                if deferrals[entry.key] != deferral { report(entry.key, .deferred(deferral)) }
                deferrals[entry.key] = deferral
            }
        }
        fillHole(view)
    }

    private func wish(_ entry: Wanted) -> TransactionIntent? {
        if case .yes(let wish) = want(entry.key.id) { return wish }
        return nil
    }

    /// - Returns: why not; `nil` if it was asked to be signed, or only waits for the hand.
    private mutating func bind(_ entry: Wanted, _ wish: TransactionIntent, _ view: ChainView) -> TransactionReport.Deferral? {
        guard state.isAdopted || mutations.contains(.blindAdoption) else { return .adoption }
        guard !isPaused(view) else { return .paused }
        guard unmined < policy.maxInFlight else { return .inFlight }
        guard wish.gasLimit <= policy.maxGasLimit else { return .gasLimit }
        let cap = mutations.contains(.capIgnored) ? Wei(.max) : policy.cap(gasLimit: wish.gasLimit)
        let urgency = Urgency(at: view.head.timestamp, since: entry.since, deadline: wish.deadline)
        let offer = offer(view, wish, urgency, cap: cap)
        guard offer.isIncludable else { return .price }
        let reserve = offer.caps.maxFeePerGas * wish.gasLimit
        guard isWithinDay(adding: reserve, view) else { return .dayCap }
        guard isPayable(adding: reserve, view) else {
            alert(.balance)
            return .balance
        }
        guard isHandFree(view.head.number) else { return nil }
        sign(
            nonce: nextNonce(view), key: entry.key, purpose: .intent, intent: wish, offer: offer, gasLimit: wish.gasLimit, view)
        return nil
    }

    /// Nonces that wait to be mined.
    private var unmined: Int {
        var count = 0
        for flight in flights where flight.receipt == nil && !flight.isUsed { count += 1 }
        return count
    }

    /// Whether the balance covers more than all that waits to be mined can cost. What is mined is paid.
    func isPayable(adding reserve: Wei, _ view: ChainView) -> Bool {
        guard let balance = view.balance else { return true }
        var sum = reserve
        for binding in state.bindings {
            if let flight = flight(binding.nonce), flight.receipt != nil || flight.isUsed { continue }
            sum += binding.reserve
        }
        return sum <= balance
    }

    /// Whether the day's cap admits more in flight than there is.
    func isWithinDay(adding reserve: Wei, _ view: ChainView) -> Bool {
        let committed =
            mutations.contains(.dayIgnoresReserved)
            ? state.spent(at: view.head.timestamp) : state.committed(at: view.head.timestamp)
        return committed + reserve <= policy.maxSpendPerDay
    }

    /// What to offer now; without a market, what the wish says.
    func offer(_ view: ChainView, _ wish: TransactionIntent?, _ urgency: Urgency, cap: Wei) -> FeeOffer {
        if let market = view.market { return configuration.fees.offer(market, urgency: urgency, cap: cap) }
        let asked = wish?.fees ?? FeeCaps(maxFeePerGas: .zero, maxPriorityFeePerGas: .zero)
        let caps = FeeCaps(
            maxFeePerGas: min(cap, asked.maxFeePerGas), maxPriorityFeePerGas: min(cap, asked.maxPriorityFeePerGas))
        return FeeOffer(
            caps: caps, isFloorBinding: false, isCapBinding: asked.maxFeePerGas > cap,
            isIncludable: (view.head.baseFeePerGas ?? .zero) <= caps.maxFeePerGas)
    }

    /// A nonce below others of ours that stays free keeps them from being mined: after a while it gets a transaction to oneself.
    private mutating func fillHole(_ view: ChainView) {
        let nonce = nextNonce(view)
        guard let last = state.bindings.last?.nonce, nonce < last, state.isAdopted else {
            hole = nil
            return
        }
        guard let found = hole, found.nonce == nonce else {
            hole = (nonce, view.head.number)
            return
        }
        guard view.head.number >= found.since + policy.fillAfterBlocks, isHandFree(view.head.number) else { return }
        let cap = policy.cap(gasLimit: IntrinsicGas.base)
        let offer = offer(view, state.bindings.last?.intent, .full, cap: cap)
        guard isWithinDay(adding: offer.caps.maxFeePerGas * IntrinsicGas.base, view) else { return }
        alert(.filling(nonce: nonce))
        sign(nonce: nonce, key: nil, purpose: .fill, intent: nil, offer: offer, gasLimit: IntrinsicGas.base, view)
    }
}
