import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// How a chain goes back.
extension ChainCore {
    /// Takes blocks off the end of the line; their transactions wait again.
    /// - Returns: those blocks, the oldest first.
    func rewind(_ depth: UInt64) throws(LocalChainError) -> [LocalBlock] {
        let kept = head.number - oldestState
        guard depth > 0, depth <= kept else { throw .tooDeep(depth, kept: kept) }
        let orphans = Array(line.suffix(Int(depth)))
        line.removeLast(Int(depth))
        for orphan in orphans.reversed() {
            history.removeLast(orphan.changes, at: orphan.number)
            for transaction in orphan.transactions {
                places[transaction.sealed.hash] = nil
                pool.restore(PooledTransaction(sealed: transaction.sealed, arrival: transaction.arrival))
            }
        }
        if configuration.hasStateRoots { commitment = StateCommitment(history.flattened(at: head.number)) }
        return orphans
    }

    /// Replaces the last blocks by siblings at the same times with the same base fees.
    func reorg(_ depth: UInt64, blocks: UInt64, withPool: Bool) throws(LocalChainError) {
        let orphans = try rewind(depth)
        reorgs += 1
        for orphan in orphans {
            nextBaseFee = orphan.baseFeePerGas
            _ = try mine(at: orphan.header.timestamp, withPool: withPool)
        }
        if blocks > depth {
            for _ in depth..<blocks { _ = try mine(at: head.header.timestamp + configuration.slot, withPool: withPool) }
        }
    }
}
