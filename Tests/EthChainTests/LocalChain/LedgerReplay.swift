import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

@testable import EthChain

/// Executes what the independent chain wrote down, and compares.
struct LedgerReplay {
    private(set) var chain: LocalChain?
    private var seed: UInt64?
    /// States that histories begin with, by the last block of the chain that made them.
    private var worlds: [BlockHash: MemoryState] = [:]
    private(set) var histories = 0
    private(set) var blocks = 0
    private(set) var transactions = 0
    private(set) var failed = 0
    private(set) var logs = 0
    private(set) var gas: Gas = 0
    private(set) var byFork: [Fork: Int] = [:]
    private(set) var byType: [TransactionType: Int] = [:]
    /// What differs, in words.
    private(set) var differences: [String] = []
    /// Histories that end early, by what is not built in.
    private(set) var unsupported: [String: Int] = [:]
    private var isCutShort = false

    /// One line of figures.
    var summary: String {
        let forks = byFork.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let types = byType.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) of type \($0.key.rawValue)" }
        let early = unsupported.sorted { $0.key < $1.key }.map { "; \($0.value) cut short: \($0.key)" }.joined()
        return
            "\(transactions) transactions (\(forks); \(types.joined(separator: ", "))) in \(blocks) blocks, \(failed) with status 0, "
            + "\(logs) logs, \(gas) gas, \(differences.count) differences" + early
    }

    mutating func apply(_ line: LedgerLine) throws {
        switch line {
        case .genesis(let genesis): try apply(genesis)
        case .block(let block): if !isCutShort { try apply(block) }
        }
    }

    private mutating func apply(_ genesis: LedgerGenesis) throws {
        if let chain, seed == nil { worlds[chain.head.hash] = chain.state() }
        var configuration = genesis.configuration
        if let base = genesis.base, let world = worlds[base] { configuration.genesis = world }
        (seed, isCutShort) = (genesis.seed, false)
        if seed != nil { histories += 1 }
        let chain = try LocalChain(configuration)
        if chain.head.hash != genesis.hash { report("genesis \(chain.head.hash) instead of \(genesis.hash)") }
        self.chain = chain
    }

    private mutating func report(_ difference: String) {
        differences.append("\(seed.map { "history \($0), " } ?? "")\(difference)")
    }

    private mutating func apply(_ block: LedgerBlock) throws {
        guard let chain else { throw LocalChainError.tooDeep(block.number, kept: 0) }
        let head = chain.head
        if head.hash != block.parentHash {
            guard let parent = chain.block(.hash(block.parentHash)), parent.header.number < head.number else {
                return report("block \(block.number): its parent \(block.parentHash) is not there")
            }
            try chain.rewind(depth: head.number - parent.header.number)
        }
        let made: BlockHeader
        do throws(LocalChainError) { made = try chain.append(block.transactions, block.template) } catch {
            isCutShort = true
            if case .transaction(_, .unsupportedPrecompile(let address)) = error {
                unsupported["precompiled contract \(address.hex)", default: 0] += 1
            } else {
                report("block \(block.number): \(error)")
            }
            return
        }
        blocks += 1
        compare(chain.receipts() ?? [], block, chain.fork)
        // The hash is over the roots of state, transactions and receipts: storage, balances, nonces and code are in it.
        if made.hash != block.hash { report("block \(block.number): hash \(made.hash) instead of \(block.hash)") }
    }

    private mutating func compare(_ receipts: [ExecutionReceipt], _ block: LedgerBlock, _ fork: Fork) {
        if receipts.count != block.receipts.count { report("block \(block.number): \(receipts.count) receipts") }
        for (index, (ours, theirs)) in zip(receipts, block.receipts).enumerated() {
            transactions += 1
            byFork[fork, default: 0] += 1
            byType[block.transactions[index].unsigned.type, default: 0] += 1
            failed += theirs.succeeded ? 0 : 1
            logs += theirs.logs.count
            gas += theirs.gasUsed
            let receipt = LedgerBlock.Receipt(
                succeeded: ours.outcome == .status(true), gasUsed: ours.gasUsed,
                logs: ours.logs.map { EVMLog(address: $0.address, topics: $0.topics, data: $0.data) })
            if receipt != theirs {
                report("block \(block.number) transaction \(index) \(ours.transactionHash): \(receipt) instead of \(theirs)")
            }
        }
    }
}
