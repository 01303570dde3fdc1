public import EthCrypto
public import EthEVM
public import EthPrimitives
public import EthTransactions

/// Why a local chain does not do what it is told.
public enum LocalChainError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A block stands after its parent.
    case timeNotAfterParent(UInt64, parent: UInt64)
    /// No block can hold the transaction at that place of the list, or the machine cannot run it.
    case transaction(index: Int, EVMError)
    case signature(index: Int, CryptoError)
    /// The machine cannot run a transaction that waited; it waits no more.
    case pooled(TransactionHash, EVMError)
    /// There are not so many blocks to go back, or their state is not kept any more.
    case tooDeep(UInt64, kept: UInt64)
    case unsupportedFork(Fork)
    /// One from before was restored since.
    case unknownSnapshot

    public var description: String {
        switch self {
        case .timeNotAfterParent(let time, let parent): "timestamp \(time) is not after the parent's \(parent)"
        case .transaction(let index, let error): "transaction \(index): \(error)"
        case .signature(let index, let error): "transaction \(index): \(error)"
        case .pooled(let hash, let error): "transaction \(hash): \(error)"
        case .tooDeep(let depth, let kept): "cannot go back \(depth) blocks, only \(kept)"
        case .unsupportedFork(let fork): "the rules of \(fork) are not built in, only those from London on"
        case .unknownSnapshot: "the snapshot was forgotten when one from before it was restored"
        }
    }
}
