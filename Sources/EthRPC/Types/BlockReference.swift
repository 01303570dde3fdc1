public import EthCodec
public import EthPrimitives

/// Which block a read looks at: a tag, a number, or a hash (EIP-1898).
public enum BlockReference: Sendable, Hashable {
    case latest
    case pending
    case safe
    case finalized
    case earliest
    case number(UInt64)
    case hash(BlockHash)
    /// A hash that must be on the node's chain: of a block that was replaced, it answers with an error.
    case canonicalHash(BlockHash)
    /// A hash as a plain string, as the specification has it beside the object of EIP-1898; not every node takes it for reads of state.
    case bareHash(BlockHash)

    public var json: JSON {
        switch self {
        case .latest: "latest"
        case .pending: "pending"
        case .safe: "safe"
        case .finalized: "finalized"
        case .earliest: "earliest"
        case .number(let number): Quantity.encode(number)
        case .hash(let hash): .object(["blockHash": .string(hash.description)])
        case .canonicalHash(let hash): .object(["blockHash": .string(hash.description), "requireCanonical": true])
        case .bareHash(let hash): .string(hash.description)
        }
    }

    /// The same where a method takes hashes as plain strings.
    var plain: JSON {
        switch self {
        case .hash(let hash), .canonicalHash(let hash): .string(hash.description)
        default: json
        }
    }
}
