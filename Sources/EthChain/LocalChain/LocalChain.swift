internal import EthCodec
public import EthEVM
public import EthPrimitives
public import EthRPC
public import EthTransactions
internal import Synchronization

/// A chain inside this process, for tests, demonstrations and backtests: our own machine behind the `Transport` of a node.
///
/// Blocks are made when they are asked for, at the time that is said; there is no clock. Headers, receipts, roots and hashes are real.
/// The same calls make the same blocks. All methods may be called from any thread; one lock orders them.
///
/// Kept are all blocks with their receipts, about 1 KB each, and the states of the last `keptStates` blocks, which take as much memory as
/// what those blocks changed. Older states are answered with a node's words for a state that is gone.
public final class LocalChain: Sendable {
    let shared: Mutex<SharedChain>

    /// A point to come back to, of one chain.
    public struct Snapshot: Sendable, Hashable {
        fileprivate let index: Int
    }

    /// - Throws: `LocalChainError.unsupportedFork` before London.
    public init(_ configuration: LocalChainConfiguration = LocalChainConfiguration()) throws(LocalChainError) {
        guard configuration.fork >= .london else { throw .unsupportedFork(configuration.fork) }
        shared = Mutex(SharedChain(core: ChainCore(configuration)))
    }

    // MARK: Reading

    public var chainID: ChainID { with { $0.core.rules.chainID } }
    public var fork: Fork { with { $0.core.rules.fork } }

    /// The last block.
    public var head: BlockHeader { with { $0.core.head.brief } }

    /// A block with its whole transactions; `nil` if there is none.
    public func block(_ reference: BlockReference = .latest) -> Block? {
        with { $0.core.block(reference)?.report(full: true) }
    }

    /// The receipts of a block; `nil` if there is none.
    public func receipts(_ reference: BlockReference = .latest) -> [ExecutionReceipt]? {
        with { shared in
            shared.core.block(reference).map { block in block.transactions.map { block.receipt($0) } }
        }
    }

    /// A copy of the state after a block, hashes of blocks apart; `nil` if it is not kept. It takes as long as the state is large.
    public func state(at reference: BlockReference = .latest) -> MemoryState? {
        with { shared in
            guard let block = shared.core.block(reference), let reader = shared.core.state(after: block) else { return nil }
            var state = shared.core.history.flattened(at: reader.number)
            for layer in reader.layers.reversed() { state.apply(layer) }
            return state
        }
    }

    /// One account after a block; `nil` if the state is not kept.
    public func account(_ address: Address, at reference: BlockReference = .latest) -> Account? {
        with { $0.core.block(reference).flatMap($0.core.state)?.account(address) }
    }

    /// One slot after a block; `nil` if the state is not kept.
    public func storage(of address: Address, _ slot: UInt256, at reference: BlockReference = .latest) -> UInt256? {
        with { $0.core.block(reference).flatMap($0.core.state)?.storage(address, slot) }
    }

    // MARK: Acting

    /// Takes a transaction into the pool, as `eth_sendRawTransaction` does; a blob transaction comes without its blobs.
    /// - Throws: the refusal that a node would give.
    @discardableResult
    public func send(_ transaction: TransactionEnvelope) throws(RPCError) -> TransactionHash {
        let result: Result<TransactionHash, RPCError> = with { shared in
            Result { () throws(RPCError) in try shared.core.accept(transaction) }
        }
        return try result.get()
    }

    /// Makes the next block of what waits: by tip, each sender in the order of nonces; caps below the base fee wait.
    /// - Parameter time: unix seconds; without it, a slot after the parent.
    /// - Throws: `LocalChainError.timeNotAfterParent`, `.pooled`.
    @discardableResult
    public func mine(at time: UInt64? = nil) throws(LocalChainError) -> BlockHeader {
        try changing { (core) throws(LocalChainError) in
            try core.mine(at: time ?? core.head.header.timestamp + core.configuration.slot)
        }
    }

    /// Makes the next block of transactions in their order; the pool stays out of it.
    /// - Throws: `LocalChainError`; then there is no block.
    @discardableResult
    public func append(
        _ transactions: [TransactionEnvelope], _ template: BlockTemplate
    ) throws(LocalChainError) -> BlockHeader {
        try changing { (core) throws(LocalChainError) in try core.append(transactions, template) }
    }

    /// Sets the base fee of the next block; `nil` gives it back to the market (EIP-1559).
    public func setNextBaseFee(_ fee: Wei?) { with { $0.core.nextBaseFee = fee } }

    /// Changes the state from outside, at the beginning of the next block.
    public func edit(_ changes: StateChanges) { with { $0.core.edits = $0.core.edits.merged(with: changes) } }

    /// Replaces the last blocks by siblings at the same times and base fees. What they held waits again and is mined again, unless the
    /// siblings are to be empty.
    /// - Parameter blocks: of the new branch, if they are to be more.
    /// - Throws: `LocalChainError.tooDeep`, `.pooled`.
    @discardableResult
    public func reorg(
        depth: UInt64, blocks: UInt64? = nil, empty: Bool = false
    ) throws(LocalChainError) -> BlockHeader {
        try changing { (core) throws(LocalChainError) in
            try core.reorg(depth, blocks: blocks ?? depth, withPool: !empty)
            return core.head
        }
    }

    /// Takes the last blocks off the chain; what they held waits again. They stay known by their hash.
    /// - Throws: `LocalChainError.tooDeep`.
    @discardableResult
    public func rewind(depth: UInt64) throws(LocalChainError) -> BlockHeader {
        try changing { (core) throws(LocalChainError) in
            _ = try core.rewind(depth)
            return core.head
        }
    }

    /// Remembers everything, so that `restore` brings it back. What both share is not copied until it changes.
    public func snapshot() -> Snapshot {
        with { shared in
            shared.snapshots.append(ChainCore(copying: shared.core))
            return Snapshot(index: shared.snapshots.count - 1)
        }
    }

    /// Goes back to a snapshot and forgets those taken after it. Blocks made since stay known by their hash.
    /// - Throws: `LocalChainError.unknownSnapshot`.
    public func restore(_ snapshot: Snapshot) throws(LocalChainError) {
        let isKnown = with { shared in
            guard snapshot.index < shared.snapshots.count else { return false }
            let since = shared.core
            shared.snapshots.removeLast(shared.snapshots.count - 1 - snapshot.index)
            shared.core = ChainCore(copying: shared.snapshots[snapshot.index])
            shared.core.blocks.merge(since.blocks) { own, _ in own }
            shared.core.reorgs = max(shared.core.reorgs, since.reorgs)
            shared.tell()
            return true
        }
        if !isKnown { throw .unknownSnapshot }
    }

    // MARK: The lock

    func with<Value: Sendable>(_ body: (inout SharedChain) -> Value) -> Value {
        shared.withLock { body(&$0) }
    }

    private func changing(
        _ body: (ChainCore) throws(LocalChainError) -> LocalBlock
    ) throws(LocalChainError) -> BlockHeader {
        let result: Result<BlockHeader, LocalChainError> = with { shared in
            let core = shared.core
            let made = Result { () throws(LocalChainError) in try body(core).brief }
            if case .success = made { shared.tell() }
            return made
        }
        return try result.get()
    }
}
