public import EthPrimitives
public import EthRPC

/// What a machine is told. Every event may be told at any time, any number of times and in any order.
public enum MachineEvent: Sendable {
    /// The process begins; the state was replayed from the store's records.
    case restored
    /// Everything that the keeper wishes, as of a head: what is not among it is no longer wanted.
    case wished([TransactionIntent], at: BlockHeader)
    /// What a node says at a head.
    case saw(ChainView)
    /// The answer to `MachineAction.sign`: the wire form and its hash, computed in this process.
    case signed(ticket: UInt64, bytes: Bytes, hash: TransactionHash)
    /// There is no signature, for this reason.
    case signingFailed(ticket: UInt64, reason: String)
    /// All records of a write are durable.
    case persisted(write: UInt64)
    /// None of the records of a write is durable, for certain.
    case persistFailed(write: UInt64, reason: String)
    /// The answer to `MachineAction.broadcast`.
    case broadcast(TransactionHash, BroadcastVerdict)
    /// The answer to `MachineAction.locate`.
    case located(nonce: Nonce, Location)
    case ordered(OperatorOrder)

    /// The transaction that used a nonce of the account, as final blocks show it.
    public enum Location: Sendable {
        /// One that is not ours.
        case foreign(TransactionHash)
        /// One of ours, with the receipt that the index did not show yet.
        case own(Receipt)
        /// Not found out.
        case unknown
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case restored, wished, saw, signed, signingFailed, persisted, persistFailed, broadcast, located, ordered
    }

    public var kind: Kind {
        switch self {
        case .restored: .restored
        case .wished: .wished
        case .saw: .saw
        case .signed: .signed
        case .signingFailed: .signingFailed
        case .persisted: .persisted
        case .persistFailed: .persistFailed
        case .broadcast: .broadcast
        case .located: .located
        case .ordered: .ordered
        }
    }
}

/// What an operator asks for.
public enum OperatorOrder: Sendable, Hashable {
    /// Take an intent back: its nonce, if it has one, is cancelled.
    case cancel(IntentKey)
    /// Replace a waiting form at the next chance, however short it has waited.
    case bump(Nonce)
    /// Give out no new nonce before this time in unix seconds; what has one is looked after as ever.
    case pause(until: UInt64)
    case resume
    /// The account sent nothing that an earlier store would know: give out nonces at once.
    case adopt
}
