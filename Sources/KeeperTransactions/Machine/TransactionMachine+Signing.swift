import EthPrimitives
import EthRPC
import EthTransactions

extension TransactionMachine {
    /// Blocks after which a form that was not stored yet is signed anew, at the fees of the day.
    private static let formLastsBlocks: UInt64 = 4
    /// Blocks for which an answer of the signer is waited for.
    private static let signerLastsBlocks: UInt64 = 20

    /// Asks for a form, if the hand is free.
    mutating func sign(
        nonce: Nonce, key: IntentKey?, purpose: FormPurpose, intent: TransactionIntent?, offer: FeeOffer, gasLimit: Gas,
        _ view: ChainView
    ) {
        let isIntent = purpose.isIntent
        let (to, data) = isIntent ? (intent?.to, intent?.data.rawValue ?? []) : (configuration.account, [])
        let transaction: UnsignedTransaction =
            configuration.fees.isLegacy
            ? .legacy(
                LegacyTransaction(
                    chainID: configuration.chainID, nonce: nonce, gasPrice: offer.caps.maxFeePerGas, gasLimit: gasLimit, to: to,
                    data: data))
            : .feeMarket(
                FeeMarketTransaction(
                    chainID: configuration.chainID, nonce: nonce, maxPriorityFeePerGas: offer.caps.maxPriorityFeePerGas,
                    maxFeePerGas: offer.caps.maxFeePerGas, gasLimit: gasLimit, to: to, data: data,
                    accessList: isIntent ? intent?.accessList ?? [] : []))
        lastTicket += 1
        let order = SigningOrder(
            ticket: lastTicket, nonce: nonce, key: key, purpose: purpose, transaction: transaction, intent: intent, offer: offer,
            gasLimit: gasLimit, block: view.head.number)
        hand = .signing(order)
        actions.append(.sign(order))
    }

    /// Whether a form may be asked for now.
    func isHandFree(_ head: UInt64) -> Bool {
        guard case .idle = hand else { return false }
        return head >= handWaitsUntil
    }

    func isInHand(nonce: Nonce) -> Bool {
        switch hand {
        case .idle: false
        case .signing(let order), .ready(let order, _), .storing(let order, _): order.nonce == nonce
        }
    }

    mutating func takeSignature(_ ticket: UInt64, _ bytes: Bytes, _ hash: TransactionHash) {
        guard case .signing(let order) = hand, order.ticket == ticket else { return }
        signingFailures = 0
        let form = SignedForm(
            hash: hash, bytes: bytes, purpose: order.purpose, caps: order.offer.caps, gasLimit: order.gasLimit, block: order.block
        )
        hand = .ready(order, form)
    }

    mutating func takeSigningFailure(_ ticket: UInt64, _ reason: String) {
        guard case .signing(let order) = hand, order.ticket == ticket else { return }
        hand = .idle
        signingFailures += 1
        handWaitsUntil = (view?.head.number ?? 0) + min(16, signingFailures)
        alert(.signer(reason))
    }

    /// A signer that does not answer holds up no more than this; what it answers later is not taken.
    mutating func giveUpSigner() {
        guard case .signing(let order) = hand, let view, view.head.number >= order.block + Self.signerLastsBlocks else { return }
        takeSigningFailure(order.ticket, "no answer in \(Self.signerLastsBlocks) blocks")
    }

    /// Hands a signed form to the store, if it is still right: it was asked for some events ago.
    mutating func storeSigned() {
        guard case .ready(let order, let form) = hand, let view else { return }
        guard isStillRight(order, view) else {
            hand = .idle
            return
        }
        guard write == nil, view.head.number >= writeWaitsUntil else { return }
        hand = .storing(order, form)
        let isFirst = !state.isBound(order.nonce)
        let record = Record.Signed(
            nonce: order.nonce, key: order.key, intent: isFirst ? order.intent : nil, form: form)
        if mutations.contains(.sendBeforePersist) { actions.append(.broadcast(form.bytes, form.hash, nonce: order.nonce)) }
        persist([.signed(record)])
    }

    private func isStillRight(_ order: SigningOrder, _ view: ChainView) -> Bool {
        guard view.head.number < order.block + Self.formLastsBlocks else { return false }
        if let binding = state.bindings.first(where: { $0.nonce == order.nonce }) {
            guard let flight = flight(order.nonce) else { return false }
            return binding.key == order.key && flight.receipt == nil && !flight.isUsed && !flight.isEnding
        }
        guard order.nonce == nextNonce(view) else { return false }
        guard let key = order.key else { return order.nonce < state.bindings.last?.nonce ?? 0 }
        guard let entry = state.wanted.first(where: { $0.key == key }), !entry.isRecalled, !isPaused(view) else { return false }
        if case .yes = want(key.id) { return true }
        return false
    }

    /// A form is durable: it is watched, and goes out unless things have changed.
    mutating func followSigned(_ signed: Record.Signed) {
        if case .storing(let order, let form) = hand, form.hash == signed.form.hash {
            hand = .idle
            report(
                signed.key, .sent(nonce: signed.nonce, hash: form.hash, form.purpose, order.offer))
        }
        if flight(signed.nonce) == nil {
            flights.append(Flight(nonce: signed.nonce, sends: 0))
            let used = view?.nonce ?? 0
            changeFlight(signed.nonce) { $0.isUsed = used > signed.nonce }
            if let key = signed.key { deferrals[key] = nil }
        }
        changeFlight(signed.nonce) {
            ($0.isTaken, $0.refusal, $0.pause, $0.waitsUntil, $0.isPressed) = (false, nil, 0, 0, false)
        }
        actions.append(.watch(watched))
        guard let view, let binding = state.bindings.first(where: { $0.nonce == signed.nonce }),
            let flight = flight(signed.nonce),
            flight.receipt == nil, !flight.isUsed, !purposeNow(of: binding).isCancel || signed.form.purpose.isCancel
        else { return }
        send(binding, view.head.number)
    }
}
