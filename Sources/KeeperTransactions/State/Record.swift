public import EthPrimitives

/// One durable fact. All that a machine must know after a crash follows from its records in their order (`MachineState`).
public enum Record: Codable, Sendable, Hashable {
    /// The account's history before the first record is known to be over: nonces may be given out from this one on.
    case adopted(nonce: Nonce, block: UInt64)
    /// An intent will get an outcome.
    case wanted(Wanted)
    /// A form was signed, and none of its bytes has left yet. The first form of a nonce binds it.
    case signed(Signed)
    /// The nonce of a binding of which no byte was ever sent is free again; its intent is wanted still.
    case released(nonce: Nonce)
    /// A transaction that is not ours is final at this nonce; the intent of the binding is wanted still.
    case displaced(nonce: Nonce, by: TransactionHash)
    /// A filler is final.
    case filled(nonce: Nonce, cost: Wei, time: UInt64)
    /// An intent got its outcome; the binding of its nonce is over.
    case settled(Settlement)
    /// An operator takes an intent back.
    case recalled(IntentKey)
    /// No new nonce is given out before this time in unix seconds; 0 ends a pause.
    case paused(until: UInt64)

    public struct Signed: Codable, Sendable, Hashable {
        public var nonce: Nonce
        /// `nil` for a filler.
        public var key: IntentKey?
        /// With the first form of an intent.
        public var intent: TransactionIntent?
        public var form: SignedForm

        public init(nonce: Nonce, key: IntentKey?, intent: TransactionIntent?, form: SignedForm) {
            self.nonce = nonce
            self.key = key
            self.intent = intent
            self.form = form
        }
    }
}

/// An intent without a nonce.
public struct Wanted: Codable, Sendable, Hashable {
    public var key: IntentKey
    public var intent: TransactionIntent
    /// Unix seconds of the head at which it was first wished.
    public var since: UInt64
    /// An operator takes it back.
    public var isRecalled = false

    public init(key: IntentKey, intent: TransactionIntent, since: UInt64) {
        self.key = key
        self.intent = intent
        self.since = since
    }
}
