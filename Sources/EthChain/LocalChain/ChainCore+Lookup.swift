import EthPrimitives
import EthRPC
import EthTransactions

/// Which block is meant, and what is known of it.
extension ChainCore {
    /// The block that a reference names; `nil` if there is none. `pending` is the head.
    func block(_ reference: BlockReference) -> LocalBlock? {
        switch reference {
        case .latest, .pending: return head
        case .earliest: return line[0]
        case .safe: return behind(configuration.safeDepth)
        case .finalized: return behind(configuration.finalizedDepth)
        case .number(let number): return number < line.count ? line[Int(number)] : nil
        case .hash(let hash), .bareHash(let hash): return blocks[hash]
        case .canonicalHash(let hash):
            guard let block = blocks[hash], isOnLine(block) else { return nil }
            return block
        }
    }

    private func behind(_ depth: UInt64) -> LocalBlock { line[Int(head.number - min(head.number, depth))] }

    /// Takes a transaction into the pool.
    /// - Throws: the refusal that a node would give.
    func accept(_ envelope: TransactionEnvelope) throws(RPCError) -> TransactionHash {
        try accept(envelope, from: IncomingTransaction.sender(envelope, rules.chainID))
    }

    func accept(_ envelope: TransactionEnvelope, from sender: Address) throws(RPCError) -> TransactionHash {
        let transaction = PooledTransaction(
            sealed: SealedTransaction(envelope, sender: sender), arrival: arrivals + 1)
        let rules = PoolRules(
            fork: rules.fork, blobs: rules.blobs, gasLimit: configuration.gasLimit, limit: configuration.poolLimit)
        try rules.check(transaction, account(sender), pool)
        arrivals += 1
        pool.put(transaction)
        return transaction.hash
    }
}
