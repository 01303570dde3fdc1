public import EthPrimitives

/// Something about the nodes that people should know. What lasts is told once, when it begins.
public enum PoolNotice: Sendable, Hashable, CustomStringConvertible {
    /// It is on another chain and is never asked again.
    case evicted(endpoint: String, chain: ChainID, expected: ChainID)
    /// It failed and is passed over for a time.
    case cooling(endpoint: String, reason: String)
    /// It answers again.
    case recovered(endpoint: String)
    /// Its newest block is older than the one before.
    case wentBackwards(endpoint: String, from: UInt64, to: UInt64)
    case lagging(endpoint: String, blocks: UInt64)
    case caughtUp(endpoint: String)
    /// What each node made of signed bytes.
    case broadcast(hash: TransactionHash, isAccepted: Bool, outcomes: String)

    public var description: String {
        switch self {
        case .evicted(let endpoint, let chain, let expected):
            "\(endpoint) is on chain \(chain), not \(expected): it is not asked any more"
        case .cooling(let endpoint, let reason): "\(endpoint) is passed over for a while: \(reason)"
        case .recovered(let endpoint): "\(endpoint) answers again"
        case .wentBackwards(let endpoint, let from, let to): "\(endpoint) went back from block \(from) to \(to)"
        case .lagging(let endpoint, let blocks): "\(endpoint) is \(blocks) blocks behind"
        case .caughtUp(let endpoint): "\(endpoint) has caught up"
        case .broadcast(let hash, _, let outcomes): "\(hash): \(outcomes)"
        }
    }
}
