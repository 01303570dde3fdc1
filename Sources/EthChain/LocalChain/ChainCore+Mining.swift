import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// How blocks are made.
extension ChainCore {
    /// The base fee of the next block.
    var expectedBaseFee: Wei { nextBaseFee ?? PinnedBlock(head.header, hash: head.hash).nextBaseFeePerGas }

    /// What the next block has if nothing else is said. Its randomness and its beacon root follow from the parent's hash, so that the same
    /// history gives the same blocks.
    func template(at time: UInt64) -> BlockTemplate {
        let parent = head.hash
        return BlockTemplate(
            timestamp: time, feeRecipient: configuration.feeRecipient, prevRandao: Keccak256.hash(parent.bytes),
            gasLimit: configuration.gasLimit, baseFeePerGas: expectedBaseFee, extraData: extraData,
            parentBeaconBlockRoot: Keccak256.hash(Array("beacon".utf8) + parent.bytes))
    }

    /// Siblings of replaced blocks carry a number, so that they are not the same blocks.
    private var extraData: [UInt8] {
        reorgs == 0 ? configuration.extraData : configuration.extraData + Array(" sibling \(reorgs)".utf8)
    }

    /// Makes the next block of what waits.
    func mine(at time: UInt64, withPool: Bool = true) throws(LocalChainError) -> LocalBlock {
        var builder = try builder(template(at: time))
        if withPool { try fill(&builder) }
        return close(builder)
    }

    /// Makes the next block of transactions in their order.
    /// - Throws: `LocalChainError.transaction`; then there is no block.
    func append(_ transactions: [TransactionEnvelope], _ template: BlockTemplate) throws(LocalChainError) -> LocalBlock {
        var builder = try builder(template)
        for (index, envelope) in transactions.enumerated() {
            let sender: Address
            do { sender = try envelope.sender() } catch { throw .signature(index: index, error) }
            arrivals += 1
            do { try builder.append(SealedTransaction(envelope, sender: sender), arrival: arrivals) } catch {
                throw .transaction(index: index, error)
            }
        }
        return close(builder)
    }

    private func builder(_ template: BlockTemplate) throws(LocalChainError) -> BlockBuilder {
        let parent = head
        guard template.timestamp > parent.header.timestamp else {
            throw .timeNotAfterParent(template.timestamp, parent: parent.header.timestamp)
        }
        // What is forgotten is older than the head; without its state the chain could only make blocks that are wrong.
        guard let reader = state(after: parent) else { preconditionFailure("the state of the head is always kept") }
        return BlockBuilder(rules, on: parent, template, evm: evm, reader: reader, beforehand: edits)
    }

    private func close(_ builder: BlockBuilder) -> LocalBlock {
        let block = builder.finish { changes in
            let complete = history.append(changes, at: builder.number)
            guard configuration.hasStateRoots else { return (B256(), complete) }
            commitment.apply(complete) { history.slots(of: $0, at: builder.number) }
            return (commitment.root, complete)
        }
        edits = StateChanges()
        nextBaseFee = nil
        adopt(block)
        return block
    }

    /// Takes from the pool by tip, each sender in the order of nonces, until the gas is used up.
    private func fill(_ builder: inout BlockBuilder) throws(LocalChainError) {
        let baseFee = builder.template.baseFeePerGas
        var waiting = pool.ready { account($0).nonce }
        while let best = waiting.values.compactMap(\.first).max(by: { Self.isBehind($0, $1, baseFee) }) {
            let isTooDear = best.tip(baseFee) == nil || best.sealed.fields.gasLimit > builder.room
            guard !isTooDear, builder.hasRoom(blobs: best.sealed.blobs) else {
                waiting[best.sender] = nil
                continue
            }
            do throws(EVMError) { try builder.append(best.sealed, arrival: best.arrival) } catch {
                guard case .invalidTransaction = error else {
                    // Left where it is, it would stop every block from now on.
                    pool.remove(best.hash)
                    throw .pooled(best.hash, error)
                }
                // Its balance is gone, or a rule changed since it came: it waits, and what its sender sent after it.
                waiting[best.sender] = nil
                continue
            }
            waiting[best.sender]?.removeFirst()
            if waiting[best.sender]?.isEmpty == true { waiting[best.sender] = nil }
        }
    }

    /// Whether the second pays more, or as much and came earlier.
    private static func isBehind(_ a: PooledTransaction, _ b: PooledTransaction, _ baseFee: Wei) -> Bool {
        let (one, other) = (a.tip(baseFee), b.tip(baseFee))
        if one == other { return a.arrival > b.arrival }
        guard let one else { return true }
        guard let other else { return false }
        return one < other
    }
}
