import EthCodec
import EthPrimitives
import EthRPC
import KeeperTestServer

/// A chain that grows by one block, or loses its newest ones to another branch.
struct BranchingChain: Sendable {
    /// Every block there ever was.
    private(set) var blocks: [BlockHash: BlockHeader] = [:]
    /// The chain, oldest first.
    private(set) var canonical: [BlockHeader] = []
    /// Depths of all reorganisations.
    private(set) var depths: [Int] = []
    /// The branch that gave way last, from the block after the ancestor on.
    private var abandoned: [BlockHeader] = []

    var head: BlockHeader? { canonical.last }

    /// One more block.
    mutating func extend() -> [BlockHeader] { [append()] }

    /// The newest blocks give way to as many others and one more.
    /// - Returns: the blocks of the new branch, oldest first.
    mutating func reorganise(_ depth: Int) -> [BlockHeader] {
        let depth = min(depth, canonical.count - 1)
        abandoned = Array(canonical.suffix(depth))
        canonical.removeLast(depth)
        depths.append(depth)
        return (0...depth).map { _ in append() }
    }

    /// The branch that gave way last comes back, longer than before; `nil` if it has no block of the chain below it any more.
    mutating func comeBack() -> [BlockHeader]? {
        guard let first = abandoned.first, let place = canonical.lastIndex(where: { $0.hash == first.parentHash }),
            canonical.count - 1 - place <= 7
        else { return nil }
        let returning = abandoned
        abandoned = Array(canonical[(place + 1)...])
        depths.append(abandoned.count)
        canonical = canonical[...place] + returning
        while canonical.count <= place + 1 + abandoned.count { _ = append() }
        return Array(canonical[(place + 1 + returning.count)...])
    }

    private mutating func append() -> BlockHeader {
        let parent = canonical.last
        let number = (parent?.number).map { $0 + 1 } ?? 1
        let header = BlockHeader(
            number: number, hash: Keccak256.hash(Array("\(number)/\(blocks.count)".utf8)),
            parentHash: parent?.hash ?? BlockHash(),
            timestamp: ChainWorld.time(number), gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: .gwei(5))
        blocks[header.hash] = header
        canonical.append(header)
        return header
    }
}

extension BranchingChain {
    /// What a node answers that knows every block, those of abandoned branches too.
    func answer(_ request: RPCRequest) throws(TestNode.Refusal) -> JSON {
        let first = request.params.first?.string
        switch request.method {
        case "eth_chainId": return "0x539"
        case "eth_getBlockByNumber" where first == "latest": return head.map(ChainNode.json) ?? .null
        case "eth_getBlockByHash":
            // What is no hash is no block's.
            return (try? BlockHash(hex: first ?? "")).flatMap { hash in blocks[hash] }.map(ChainNode.json) ?? .null
        default: throw TestNode.Refusal(-32601, "the method \(request.method) does not exist/is not available")
        }
    }
}
