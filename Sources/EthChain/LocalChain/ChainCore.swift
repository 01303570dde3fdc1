import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// All that a local chain knows, for one thread at a time.
final class ChainCore {
    let configuration: LocalChainConfiguration
    let rules: ChainRules
    let evm: EVM
    var history: StateHistory
    var commitment: StateCommitment
    /// Blocks of the line by number, from the genesis block on.
    var line: [LocalBlock]
    /// Every block that was made, those too that were replaced.
    var blocks: [BlockHash: LocalBlock]
    /// Where the transactions of the line are.
    var places: [TransactionHash: Place] = [:]
    var pool = TransactionPool()
    /// The oldest block of the line whose state is kept.
    var oldestState: UInt64 = 0
    /// The base fee of the next block, if it is not the market's.
    var nextBaseFee: Wei?
    /// What the next block changes before its transactions.
    var edits = StateChanges()
    /// How often the line was replaced: siblings differ by it.
    var reorgs = 0
    var arrivals: UInt64 = 0

    struct Place {
        let block: LocalBlock
        let index: Int

        var transaction: LocalTransaction { block.transactions[index] }
    }

    init(_ configuration: LocalChainConfiguration) {
        self.configuration = configuration
        rules = ChainRules(configuration)
        var genesis = configuration.genesis
        if configuration.hasSystemContracts {
            genesis.accounts.merge(SystemContracts.accounts(configuration.fork)) { own, _ in own }
        }
        var changes = StateChanges()
        for (address, account) in genesis.accounts {
            changes.accounts[address] = StateChanges.Change(account: account, storage: genesis.storage[address] ?? [:])
        }
        history = StateHistory()
        let complete = history.append(changes, at: 0)
        commitment = StateCommitment(configuration.hasStateRoots ? genesis : MemoryState())
        let block = GenesisBlock.make(
            configuration, stateRoot: configuration.hasStateRoots ? commitment.root : B256(), changes: complete)
        line = [block]
        blocks = [block.hash: block]
        evm = EVM(rules.environment(block), reader: MemoryState())
    }

    /// A copy that goes on independently.
    init(copying other: ChainCore) {
        configuration = other.configuration
        rules = other.rules
        evm = EVM(rules.environment(other.head), reader: MemoryState())
        history = other.history.copy()
        commitment = other.commitment
        line = other.line
        blocks = other.blocks
        places = other.places
        pool = other.pool
        oldestState = other.oldestState
        nextBaseFee = other.nextBaseFee
        edits = other.edits
        reorgs = other.reorgs
        arrivals = other.arrivals
    }

    /// The last block of the line.
    var head: LocalBlock { line[line.count - 1] }

    func isOnLine(_ block: LocalBlock) -> Bool { block.number < line.count && line[Int(block.number)].hash == block.hash }

    // MARK: States

    /// The state after a block.
    /// - Returns: `nil` if it is not kept any more.
    func state(after block: LocalBlock) -> HistoryReader? {
        var layers: [StateChanges] = []
        var below = block
        while !isOnLine(below) {
            layers.append(below.changes)
            guard let parent = blocks[below.header.parentHash] else { return nil }
            below = parent
        }
        guard below.number >= oldestState else { return nil }
        return HistoryReader(history: history, number: below.number, layers: layers, hashOf: hashes(before: block))
    }

    /// The hashes that a block's instructions may ask for, and those of the block after it: its own too.
    private func hashes(before block: LocalBlock) -> (UInt64) -> BlockHash? {
        { [unowned self] number in
            guard number <= block.number else { return nil }
            var ancestor = block
            while ancestor.number > number {
                if isOnLine(ancestor) { return line[Int(number)].hash }
                guard let parent = blocks[ancestor.header.parentHash] else { return nil }
                ancestor = parent
            }
            return ancestor.hash
        }
    }

    /// An account after the head.
    func account(_ address: Address) -> Account { history.account(address, at: head.number) }

    // MARK: Growth

    /// Puts a block at the end of the line.
    func adopt(_ block: LocalBlock) {
        line.append(block)
        blocks[block.hash] = block
        for (index, transaction) in block.transactions.enumerated() {
            places[transaction.sealed.hash] = Place(block: block, index: index)
        }
        pool.prune { account($0).nonce }
        while block.number - oldestState > UInt64(configuration.keptStates) {
            oldestState += 1
            history.forget(before: line[Int(oldestState)].changes, at: oldestState)
        }
    }
}
