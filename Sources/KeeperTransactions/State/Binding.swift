public import EthPrimitives
public import EthTransactions

/// A nonce and the only intent that it may serve, with every form that was ever signed for it. It exists from the moment at which
/// the first form is durable until one of its forms, or somebody else's transaction, is final at this nonce.
public struct Binding: Sendable, Hashable {
    public var nonce: Nonce
    /// `nil` for a nonce that is only filled.
    public var key: IntentKey?
    /// As it was when first signed; `nil` for a nonce that is only filled.
    public var intent: TransactionIntent?
    /// In the order of signing, never empty.
    public private(set) var forms: [SignedForm]
    /// Unix seconds of the head at which the intent was first wanted.
    public var since: UInt64
    /// An operator takes the intent back.
    public var isRecalled = false

    init(nonce: Nonce, key: IntentKey?, intent: TransactionIntent?, form: SignedForm, since: UInt64) {
        self.nonce = nonce
        self.key = key
        self.intent = intent
        self.since = since
        forms = [form]
        latest = form
        highest = form.caps
        reserve = form.reserve
        gasLimit = form.purpose.isIntent ? form.gasLimit : 0
    }

    /// The newest form: what is sent and sent again.
    public private(set) var latest: SignedForm
    /// The highest of both caps over all forms: what a replacement must exceed wherever the dearest is held.
    public private(set) var highest: FeeCaps
    /// The most that this nonce can cost: any of the forms may be the mined one.
    public private(set) var reserve: Wei
    /// The highest gas limit of the intent's forms.
    public private(set) var gasLimit: Gas

    /// Height of the head at which the first form was asked for: no earlier block has one of ours.
    public var boundAt: UInt64 { forms.first?.block ?? latest.block }

    func form(_ hash: TransactionHash) -> SignedForm? { forms.last { $0.hash == hash } }

    /// A form that was there before, signed again, becomes the newest.
    mutating func add(_ form: SignedForm) {
        forms.removeAll { $0.hash == form.hash }
        forms.append(form)
        latest = form
        highest = FeeCaps(
            maxFeePerGas: max(highest.maxFeePerGas, form.caps.maxFeePerGas),
            maxPriorityFeePerGas: max(highest.maxPriorityFeePerGas, form.caps.maxPriorityFeePerGas))
        reserve = max(reserve, form.reserve)
        if form.purpose.isIntent { gasLimit = max(gasLimit, form.gasLimit) }
    }

    /// For a deliberate bug.
    mutating func forgetAllButLatest() { forms = [latest] }
}
