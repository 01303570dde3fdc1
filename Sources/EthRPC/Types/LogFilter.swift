public import EthCodec
public import EthPrimitives

/// Which logs are asked: of blocks, of contracts, with topics.
public struct LogFilter: Sendable, Hashable {
    public enum Blocks: Sendable, Hashable {
        case hash(BlockHash)
        /// From and to, both included; what is left out is the head.
        case range(from: BlockReference?, to: BlockReference?)
    }

    public var blocks: Blocks
    /// Any of these contracts; empty is any contract.
    public var addresses: [Address]
    /// By position any of the topics; an empty position is any topic.
    public var topics: [[B256]]

    public init(_ blocks: Blocks, addresses: [Address] = [], topics: [[B256]] = []) {
        self.blocks = blocks
        self.addresses = addresses
        self.topics = topics
    }

    public var json: JSON {
        let (hash, from, to): (JSON?, JSON?, JSON?) =
            switch blocks {
            case .hash(let hash): (.string(hash.description), nil, nil)
            case .range(let from, let to): (nil, from?.plain, to?.plain)
            }
        return .object([
            "blockHash": hash, "fromBlock": from, "toBlock": to,
            "address": addresses.isEmpty ? nil : .array(addresses.map { .string($0.hex) }),
            "topics": topics.isEmpty ? nil : .array(topics.map { .array($0.map { .string($0.description) }) }),
        ])
    }
}
