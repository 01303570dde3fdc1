import EthPrimitives
import EthRPC
import KeeperCore

/// Puts a chain together from what a feed tells, and takes note of everything that does not fit.
struct Follower: Sendable {
    private(set) var chain: [BlockHeader] = []
    private(set) var delivered: Set<BlockHash> = []
    private(set) var reorganisations: [HeadChain.Reorganisation] = []
    private(set) var jumps = 0
    private(set) var problems: [String] = []
    /// Blocks that a reorganisation has put on the chain and that were not given yet, oldest first.
    private var announced: [BlockHash] = []

    mutating func take(_ news: HeadFeed.News) {
        if news.jumpedFrom != nil { jumps += 1 }
        for reorganisation in news.reorganisations { follow(reorganisation) }
        let head = news.head
        if !delivered.insert(head.hash).inserted { problems.append("\(head.number) came twice") }
        if let next = announced.first {
            if next != head.hash { problems.append("\(head.number) came out of order") }
            announced.removeFirst()
        } else {
            if let last = chain.last, last.hash != head.parentHash {
                problems.append("\(head.number) is not on top of \(last.number)")
            }
            chain.append(head)
        }
    }

    private mutating func follow(_ reorganisation: HeadChain.Reorganisation) {
        reorganisations.append(reorganisation)
        let depth = reorganisation.depth
        guard chain.count > depth, Array(chain.suffix(depth)) == reorganisation.abandoned,
            chain[chain.count - 1 - depth] == reorganisation.ancestor
        else { return problems.append("what is said to be abandoned was not on the chain") }
        var parent = reorganisation.ancestor
        for block in reorganisation.adopted {
            if block.parentHash != parent.hash { problems.append("\(block.number) is not on top of \(parent.number)") }
            parent = block
        }
        if !announced.isEmpty { problems.append("\(announced.count) blocks of a branch were not given") }
        chain = chain.dropLast(depth) + reorganisation.adopted
        announced = reorganisation.adopted.map(\.hash).filter { !delivered.contains($0) }
    }
}
