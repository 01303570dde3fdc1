public import EthPrimitives
public import EthRPC

/// Heads as they come, made into a chain: each head once and in order, missed ones asked for by their hash, reorganisations with
/// both branches. It does nothing itself: it answers each event with actions.
///
///     event                                         actions
///     a head on top of the newest                   deliver
///     a head that is on the chain already           none: sources go back when they are several nodes
///     a head whose parent is further down           reorganised, deliver
///     a head whose parent is not known              fetch the parent, at most `reach` of them; then as above
///     the parent is not to be had, or too far       jumped, deliver
///     a head that was delivered and abandoned       reorganised: it is the newest again, and not delivered twice
///     a head above such blocks                      reorganised, deliver; nothing is abandoned if they are on top of the newest
public struct HeadChain: Sendable {
    /// One branch gave way to another.
    public struct Reorganisation: Sendable, Hashable {
        /// The newest block that both branches have.
        public var ancestor: BlockHeader
        /// Blocks that are not on the chain any more, oldest first; none where a branch that was abandoned before is back on top.
        public var abandoned: [BlockHeader]
        /// Blocks that took their place, oldest first.
        public var adopted: [BlockHeader]

        /// How many blocks were undone.
        public var depth: Int { abandoned.count }
    }

    public enum Action: Sendable, Hashable {
        /// A head that was not delivered before.
        case deliver(BlockHeader)
        case reorganised(Reorganisation)
        /// Ask a node for the header of this hash, and tell it by `fetched`.
        case fetch(BlockHash)
        /// What lies between the two is not known, nor whether they are on one branch.
        case jumped(from: BlockHeader, to: BlockHeader)
    }

    /// Blocks that are remembered: two epochs of 32 slots on proof of stake, twice over.
    static let memory = 128

    /// Missed heads that are asked for at most; 0 for none.
    public var reach: Int
    /// The newest blocks of the chain, oldest first.
    private var branch: [BlockHeader] = []
    /// Headers that were delivered, those of abandoned branches too.
    private var delivered: [BlockHash: BlockHeader] = [:]
    private var order: [BlockHash] = []
    /// The head that is to be linked, and its parents as far as they are known; newest first.
    private var pending: [BlockHeader] = []
    private var awaited: BlockHash?

    public init(reach: Int = 16) { self.reach = reach }

    /// The newest head of the chain.
    public var tip: BlockHeader? { branch.last }

    /// A source named its newest head. One that still waits for its parents gives way.
    public mutating func arrived(_ head: BlockHeader) -> [Action] {
        awaited = nil
        guard let first = branch.first, !branch.contains(where: { $0.hash == head.hash }) else {
            return branch.isEmpty ? adopt([head]) : []
        }
        if delivered[head.hash] != nil, head.number < first.number { return [] }
        pending = [head]
        return link()
    }

    /// A node's answer to `fetch`; `nil` if it has no such block, or a header that cannot be it.
    public mutating func fetched(_ header: BlockHeader?, for hash: BlockHash) -> [Action] {
        guard awaited == hash, let lowest = pending.last else { return [] }
        awaited = nil
        guard let header, header.hash == hash, header.number + 1 == lowest.number else { return jump() }
        pending.append(header)
        return link()
    }

    /// Goes down from the pending head until a block of the chain.
    private mutating func link() -> [Action] {
        while let lowest = pending.last, let head = pending.first {
            if let place = branch.lastIndex(where: { $0.hash == lowest.parentHash && $0.number + 1 == lowest.number }) {
                return connect(above: place)
            }
            if let parent = delivered[lowest.parentHash], parent.number + 1 == lowest.number, pending.count <= Self.memory {
                pending.append(parent)
                continue
            }
            let missing = head.number - min(head.number, tip?.number ?? 0)
            guard pending.count <= reach, missing <= UInt64(reach) + 1, lowest.number > 0 else { return jump() }
            awaited = lowest.parentHash
            return [.fetch(lowest.parentHash)]
        }
        return []
    }

    private mutating func connect(above place: Int) -> [Action] {
        let abandoned = Array(branch[(place + 1)...])
        let adopted = Array(pending.reversed())
        var actions: [Action] = []
        // Blocks that were given before are not given again: that they are back must be said.
        if !abandoned.isEmpty || adopted.contains(where: { delivered[$0.hash] != nil }) {
            actions.append(.reorganised(Reorganisation(ancestor: branch[place], abandoned: abandoned, adopted: adopted)))
            branch.removeLast(abandoned.count)
        }
        return actions + adopt(adopted)
    }

    private mutating func jump() -> [Action] {
        guard let head = pending.first, let tip else { return [] }
        let known = Array(pending.reversed())
        branch = []
        return [.jumped(from: tip, to: head)] + adopt(known)
    }

    /// Puts blocks on top of the chain; those that were never delivered are.
    private mutating func adopt(_ headers: [BlockHeader]) -> [Action] {
        pending = []
        branch += headers
        branch.removeFirst(max(0, branch.count - Self.memory))
        var actions: [Action] = []
        for header in headers where delivered.updateValue(header, forKey: header.hash) == nil {
            order.append(header.hash)
            actions.append(.deliver(header))
        }
        // Twice the memory: abandoned branches come on top of the chain.
        for hash in order.prefix(max(0, order.count - 2 * Self.memory)) { delivered[hash] = nil }
        order.removeFirst(max(0, order.count - 2 * Self.memory))
        return actions
    }
}
