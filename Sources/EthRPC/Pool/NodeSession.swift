/// One node of a pool, for reads that belong together. Nothing falls back to another node: whoever reads gives the session up
/// when it fails, and begins again with another one.
public struct NodeSession: Transport {
    let pool: NodePool
    let index: NodePool.Index

    /// The node's name for people.
    public var label: String { pool.nodes[index].label }

    /// - Throws: `RPCError` when the node gives no usable answer in time; errors of single reads are values.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        guard !batch.isEmpty else { return [] }
        let deadline = pool.clock.now + pool.settings.timeout
        try await pool.begin(RequestCost.of(batch), at: index, until: deadline)
        return try await pool.exchange(batch, with: index, until: deadline).responses()
    }

    /// Tells the pool that one could not work with what the node answered: others are preferred for a while.
    public func discredit(_ reason: String) {
        let index = index
        pool.learn { $0.discredited(index, reason, at: $1) }
    }
}

extension NodePool {
    /// Every node that is on the right chain, whatever its head, in the order of the configuration: for what all are asked.
    public var sessions: [NodeSession] { withPool { $0.members }.map { NodeSession(pool: self, index: $0) } }

    /// A node for all reads at a block: the preferred one that has it.
    /// - Parameter asked: labels of nodes that are not to be taken.
    /// - Returns: `nil` if there is none left.
    public func session(at head: BlockHeader, besides asked: Set<String> = []) -> NodeSession? {
        let excluded = Set(nodes.indices.filter { asked.contains(nodes[$0].label) })
        let now = clock.now
        let index = withPool { $0.preferred(.block(number: head.number, hash: head.hash), besides: excluded, at: now) }
        return index.map { NodeSession(pool: self, index: $0) }
    }
}
