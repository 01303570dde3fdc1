public import EthPrimitives
public import EthTransactions

/// What a machine asks of its shell, in this order. The process may die before and after each.
public enum MachineAction: Sendable {
    /// Make all records durable together, or none; then tell `persisted` or, only if none is for certain, `persistFailed`.
    /// If that is not certain, the process must end: the next one reads what is there.
    case persist(Write)
    /// Sign and tell `signed` or `signingFailed`, at last after a time-out.
    case sign(SigningOrder)
    /// Hand signed bytes to all nodes and tell `broadcast`, at last after a time-out as `noAnswer`.
    case broadcast(Bytes, TransactionHash, nonce: Nonce)
    /// From now on each view tells of these hashes and of no others; and where it shows receipts of them, of the words of storage that
    /// `TransactionMachine.wordsToRead` then names.
    case watch([TransactionHash])
    /// Find in final blocks, not before this height, the account's transaction with this nonce, and tell `located`.
    case locate(nonce: Nonce, from: UInt64)
    case report(TransactionReport)
    case alert(TransactionAlert)

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case persist, sign, broadcast, watch, locate, report, alert
    }

    public var kind: Kind {
        switch self {
        case .persist: .persist
        case .sign: .sign
        case .broadcast: .broadcast
        case .watch: .watch
        case .locate: .locate
        case .report: .report
        case .alert: .alert
        }
    }
}

/// Records that become durable together.
public struct Write: Sendable, Hashable {
    public var id: UInt64
    public var records: [Record]
}

/// A form to sign.
public struct SigningOrder: Sendable, Hashable {
    /// Names the order in its answer.
    public var ticket: UInt64
    public var nonce: Nonce
    /// `nil` for a filler.
    public var key: IntentKey?
    public var purpose: FormPurpose
    public var transaction: UnsignedTransaction
    /// Goes into the record of the first form of an intent.
    public var intent: TransactionIntent?
    /// The caps of the form, and what shaped them.
    public var offer: FeeOffer
    public var gasLimit: Gas
    /// Height of the head at which it is asked for.
    public var block: UInt64
}
