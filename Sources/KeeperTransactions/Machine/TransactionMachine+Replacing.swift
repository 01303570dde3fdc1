import EthPrimitives
import EthRPC
import EthTransactions

extension TransactionMachine {
    /// Forms of a nonce after which another is signed only now and then: all of them are watched. From 1 gwei, 40 steps of 12.5 %
    /// reach 100; more are asked for only where a market goes up and down and pools forget.
    private static let manyForms = 64
    /// Blocks between forms when there are many.
    private static let manyFormsPause: UInt64 = 32

    /// Asks for another form of a bound nonce, if the caps admit one that nodes take and the price may be what is wrong.
    /// - Returns: whether one is on its way.
    mutating func replace(_ binding: Binding, _ flight: Flight, _ purpose: FormPurpose, _ view: ChainView) -> Bool {
        if isInHand(nonce: binding.nonce) { return true }
        guard isHandFree(view.head.number),
            binding.forms.count < Self.manyForms || view.head.number >= binding.latest.block + Self.manyFormsPause
        else { return false }
        let isSamePurpose = purpose.isCancel == binding.latest.purpose.isCancel
        if isSamePurpose, !flight.isPressed, isPriceRight(binding, view) {
            alert(.priceIsNotTheProblem(nonce: binding.nonce))
            return false
        }
        let gasLimit = gasLimit(binding, purpose)
        let cap = mutations.contains(.capIgnored) ? Wei(.max) : policy.cap(gasLimit: gasLimit)
        let urgency =
            binding.intent.map { Urgency(at: view.head.timestamp, since: binding.since, deadline: $0.deadline) } ?? .full
        var offer = offer(view, wished(binding), urgency, cap: cap)
        guard let caps = caps(binding, flight, isSamePurpose, market: offer.caps, cap: cap),
            isCovered(replacing: binding, with: caps.maxFeePerGas * gasLimit, view)
        else {
            alert(.atCap(nonce: binding.nonce))
            return false
        }
        offer.caps = caps
        sign(
            nonce: binding.nonce, key: binding.key, purpose: purpose, intent: binding.intent, offer: offer, gasLimit: gasLimit,
            view)
        return true
    }

    /// Fees of another form: higher where a pool may hold one, at the market where none does and the market has fallen.
    private func caps(_ binding: Binding, _ flight: Flight, _ isSamePurpose: Bool, market: FeeCaps, cap: Wei) -> FeeCaps? {
        if mutations.contains(.capJam), binding.highest.maxFeePerGas.rawValue / 8 * 9 > cap.rawValue { return nil }
        let latest = binding.latest.caps
        let meetsDearer = view?.head.number ?? 0 < flight.dearerUntil
        if flight.isPooled == false, !meetsDearer, let lower = FeeReplacement.below(latest, market: market) {
            return lower
        }
        let current = meetsDearer || !isSamePurpose ? binding.highest : latest
        if mutations.contains(.bumpBelowRule) {
            func raised(_ amount: Wei) -> Wei { amount + Wei(amount.rawValue / 20 + 1) }
            return FeeCaps(
                maxFeePerGas: raised(current.maxFeePerGas), maxPriorityFeePerGas: raised(current.maxPriorityFeePerGas))
        }
        let isLegacy = configuration.fees.isLegacy
        if let higher = FeeReplacement.above(current, market: market, cap: cap, isLegacy: isLegacy) { return higher }
        // At the cap: it may have left the pools without our knowing. A node that still has it refuses the cheaper one, no more.
        guard flight.isPooled == false || (flight.isPooled == nil && !meetsDearer) else { return nil }
        if isSamePurpose { return FeeReplacement.below(latest, market: market) }
        return FeeCaps(
            maxFeePerGas: min(latest.maxFeePerGas, market.maxFeePerGas),
            maxPriorityFeePerGas: min(latest.maxPriorityFeePerGas, market.maxPriorityFeePerGas))
    }

    /// Never less than any form of the intent had: what was enough then may be needed still.
    private func gasLimit(_ binding: Binding, _ purpose: FormPurpose) -> Gas {
        guard purpose.isIntent, let intent = binding.intent else { return IntrinsicGas.base }
        let wished = wished(binding)?.gasLimit ?? intent.gasLimit
        if mutations.contains(.gasLimitFalls) { return wished }
        return max(binding.gasLimit, wished <= policy.maxGasLimit ? wished : 0)
    }

    private func wished(_ binding: Binding) -> TransactionIntent? {
        if let key = binding.key, case .yes(let wish) = want(key.id) { return wish }
        return binding.intent
    }

    /// Whether the newest form offered more than nine tenths of every block that could have taken it.
    private func isPriceRight(_ binding: Binding, _ view: ChainView) -> Bool {
        guard let market = view.market, !configuration.fees.isLegacy else { return false }
        let form = binding.latest
        var blocks: UInt64 = 0
        for row in market.rows where row.number > form.block {
            guard row.isBeaten(by: form.caps.maxFeePerGas, form.caps.maxPriorityFeePerGas) else { return false }
            blocks += 1
        }
        return blocks >= policy.bumpAfterBlocks
    }

    private func isCovered(replacing binding: Binding, with reserve: Wei, _ view: ChainView) -> Bool {
        guard reserve > binding.reserve else { return true }
        let more = mutations.contains(.dayIgnoresReserved) ? reserve : reserve - binding.reserve
        return isPayable(adding: reserve - binding.reserve, view) && isWithinDay(adding: more, view)
    }
}
