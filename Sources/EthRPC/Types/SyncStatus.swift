public import EthCodec

/// The answer of `eth_syncing`.
public enum SyncStatus: Sendable, Hashable {
    /// The node has the chain.
    case synced
    /// Heights where it began, where it is, and where the chain is. Clients tell more, each in its way.
    case syncing(from: UInt64, current: UInt64, highest: UInt64)

    public init(_ reader: FieldReader) throws(RPCError) {
        if reader.json == false {
            self = .synced
        } else {
            self = .syncing(
                from: try reader.member("startingBlock").height(), current: try reader.member("currentBlock").height(),
                highest: try reader.member("highestBlock").height())
        }
    }

    /// As the specification writes it.
    public var json: JSON {
        switch self {
        case .synced: false
        case .syncing(let from, let current, let highest):
            .object([
                "startingBlock": Quantity.encode(from), "currentBlock": Quantity.encode(current),
                "highestBlock": Quantity.encode(highest),
            ])
        }
    }
}
