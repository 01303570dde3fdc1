import EthPrimitives
import EthRPC
import EthTransactions

extension TransactionMachine {
    /// Refusals that another price may mend.
    private static let ofPrice: [NodeErrorKind] = [.underpriced, .replacementUnderpriced, .feeCapBelowBaseFee]
    /// Refusals of the form itself: no node ever takes it.
    private static let forGood: [NodeErrorKind] = [
        .intrinsicGasTooLow, .gasLimitTooHigh, .transactionTooLarge, .invalidTransaction,
    ]
    /// Blocks after which a broadcast without an answer no longer holds up the next.
    private static let answerWithin: UInt64 = 5
    /// Blocks for which a node that refused a replacement is taken to hold what it held then.
    private static let dearerLasts: UInt64 = 16
    /// The longest pause between broadcasts after a refusal, in blocks: short where it is of the node's own making and may pass at
    /// any time.
    private static func longestPause(after kind: NodeErrorKind) -> UInt64 {
        switch kind {
        case .poolFull, .rateLimited, .quotaExceeded, .syncing, .unavailable, .queryTimeout, .internalError, .unknown: 4
        default: 16
        }
    }

    /// Goes on with one bound nonce: waits, sends, sends again, replaces, or asks the final blocks.
    mutating func lookAfter(_ nonce: Nonce) {
        guard let view, let binding = state.bindings.first(where: { $0.nonce == nonce }), let flight = flight(nonce),
            !flight.isEnding
        else { return }
        if flight.isUnclear { return }
        if flight.receipt != nil || flight.isUsed { return lookAfterMined(binding, flight, view) }
        guard isAsked else { return }
        let head = view.head.number
        if flight.outstanding > 0, let sentAt = flight.sentAt, head < sentAt + Self.answerWithin { return }
        guard head >= flight.waitsUntil || mutations.contains(.noBackoff) else { return }

        let purpose = purposeNow(of: binding)
        let waited = max(binding.latest.block, flight.sentAt ?? 0)
        let isSlow = flight.sentAt != nil && head >= binding.latest.block + policy.bumpAfterBlocks
        if replacesPurpose(binding, purpose, head) || flight.isPressed || isSlow, replace(binding, flight, purpose, view) {
            return
        }
        // What is no longer wanted is not sent again; a cancel and a filler are.
        guard purpose.isCancel == binding.latest.purpose.isCancel || !purpose.isCancel else { return }
        let isLost = flight.isPooled == false || !flight.isTaken
        if flight.sentAt == nil || (isLost && flight.sentAt != head) || head >= waited + policy.bumpAfterBlocks {
            if mutations.contains(.capJam), flight.sentAt != nil { return }
            send(binding, head)
        }
    }

    /// What a nonce's newest form should be for, as things are.
    func purposeNow(of binding: Binding) -> FormPurpose {
        guard let key = binding.key, let intent = binding.intent, let view else { return .fill }
        if binding.isRecalled { return .cancel(.ordered) }
        if flight(binding.nonce)?.isUnsendable == true { return .cancel(.unsendable) }
        switch want(key.id) {
        case .yes: return .intent
        case .no: return .cancel(view.head.timestamp > intent.deadline ? .expired : .satisfiedByOther)
        case .unknown: return isAbandoned && view.head.timestamp > intent.deadline ? .cancel(.expired) : .intent
        }
    }

    /// Whether another purpose asks for another form at once. Back to the intent only after a while, so that a wish that comes and
    /// goes does not drive up the price.
    private func replacesPurpose(_ binding: Binding, _ purpose: FormPurpose, _ head: UInt64) -> Bool {
        switch (binding.latest.purpose.isCancel, purpose.isCancel) {
        case (false, true): isCancelWorthwhile(binding, head)
        case (true, false): head >= binding.latest.block + policy.bumpAfterBlocks
        default: false
        }
    }

    /// A cancel costs 21,000 gas at a higher price. It saves the intent's gas, the wait of other intents, or a wait without end for
    /// a form that nobody sends any more.
    private func isCancelWorthwhile(_ binding: Binding, _ head: UInt64) -> Bool {
        guard let intent = binding.intent, !binding.isRecalled, state.wanted.isEmpty else { return true }
        if head >= binding.latest.block + 4 * policy.bumpAfterBlocks { return true }
        let price = FeeBump.raised(binding.highest.maxFeePerGas) ?? binding.highest.maxFeePerGas
        return price * IntrinsicGas.base < binding.latest.caps.maxFeePerGas * intent.gasExpected
    }

    mutating func send(_ binding: Binding, _ head: UInt64) {
        changeFlight(binding.nonce) {
            $0.sends += 1
            $0.outstanding += 1
            $0.sentAt = head
        }
        actions.append(.broadcast(binding.latest.bytes, binding.latest.hash, nonce: binding.nonce))
    }

    mutating func takeVerdict(_ hash: TransactionHash, _ verdict: BroadcastVerdict) {
        guard let binding = state.bindings.first(where: { $0.form(hash) != nil }) else { return }
        let head = view?.head.number ?? 0
        let isLatest = binding.latest.hash == hash
        var verdict = verdict
        if mutations.contains(.lostReplyIsUnsent), verdict == .noAnswer { verdict = .neverSent }
        changeFlight(binding.nonce) { flight in
            flight.outstanding = max(0, flight.outstanding - 1)
            switch verdict {
            case .accepted, .alreadyKnown:
                guard isLatest else { return }
                flight.isTaken = true
                (flight.refusal, flight.pause, flight.dearerUntil) = (nil, 0, 0)
            case .noAnswer: flight.waitsUntil = max(flight.waitsUntil, head + 1)
            case .neverSent:
                flight.sends = max(0, flight.sends - 1)
                flight.waitsUntil = max(flight.waitsUntil, head + 1)
            case .refused(let kind):
                guard isLatest else { return }
                flight.isTaken = false
                flight.pause = min(Self.longestPause(after: kind), max(1, flight.pause * 2))
                flight.refusal = kind
                flight.waitsUntil = max(flight.waitsUntil, head + flight.pause)
                if Self.ofPrice.contains(kind) { flight.isPressed = true }
                if kind == .replacementUnderpriced { flight.dearerUntil = head + Self.dearerLasts }
                if Self.forGood.contains(kind), binding.latest.purpose.isIntent { flight.isUnsendable = true }
            }
        }
        guard case .refused(let kind) = verdict, isLatest else { return }
        report(binding.key, .refused(hash, kind))
        alert(kind == .insufficientFunds ? .balance : .refused(nonce: binding.nonce, kind))
    }
}

extension FormPurpose {
    /// Whether the form serves to take the nonce away from its intent.
    var isCancel: Bool {
        switch self {
        case .intent, .fill: false
        case .cancel: true
        }
    }
}
