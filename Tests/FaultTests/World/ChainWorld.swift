import EthPrimitives
import EthRPC
import EthTransactions
import Synchronization

/// A chain of a few blocks that all nodes of a story know, and a contract on it that wants to be poked once an hour. Blocks come when
/// the story says so; signed bytes that a node took are in the next one.
final class ChainWorld: Sendable {
    struct Block: Sendable {
        var header: BlockHeader
        /// Transactions in it.
        var mined: [TransactionHash] = []
        /// The account's nonce behind it.
        var nonce: Nonce
        /// The hour that was poked last, unix seconds.
        var epoch: UInt64
        /// What it cost to be in it.
        var price = Price()
    }

    /// Of a unit of gas.
    struct Price: Sendable {
        var baseFeePerGas = Wei.gwei(5)
        var priorityFeePerGas = Wei(500_000_000)

        func admits(_ fees: FeeCaps) -> Bool {
            fees.maxFeePerGas >= baseFeePerGas + priorityFeePerGas && fees.maxPriorityFeePerGas >= priorityFeePerGas
        }
    }

    struct State: Sendable {
        var blocks: [BlockHash: Block] = [:]
        /// The chain, oldest first.
        var chain: [BlockHash] = []
        /// What nodes have taken and no block of the chain has, in the order of arrival.
        var waiting: [TransactionHash] = []
        var known: [TransactionHash: FeeMarketTransaction] = [:]
        /// Whether the fault of the story is on.
        var isIll = false
        var forks: UInt64 = 0
        /// Of the blocks to come.
        var price = Price()
    }

    /// An hour, unix seconds; the second block is the first of it.
    static let hour: UInt64 = 1_699_999_200
    static let firstNumber: UInt64 = 1000
    static let firstNonce: Nonce = 5
    static let contract = Address(lowBytesOf: Keccak256.hash([1]))
    static let topic = Keccak256.hash(Array("Poked(bytes32)".utf8))

    let state = Mutex(State())
    /// Blocks below a node's head that are not final.
    let finality: Int

    /// The block before the hour, and those below it down to one that is final.
    init(finality: Int = 2) {
        self.finality = finality
        state.withLock { state in
            for number in Self.firstNumber - UInt64(finality)...Self.firstNumber { Self.append(number, [], &state) }
        }
    }

    var head: BlockHeader { header(below: 0) }
    var isIll: Bool { state.withLock { $0.isIll } }
    func block(_ hash: BlockHash) -> Block? { state.withLock { state in state.blocks[hash] } }

    /// Oldest first.
    var chain: [Block] { state.withLock { state in state.chain.compactMap { state.blocks[$0] } } }

    /// The header so many blocks below the newest one.
    func header(below depth: Int) -> BlockHeader {
        state.withLock { state in
            let index = max(0, state.chain.count - 1 - depth)
            return state.blocks[state.chain[index]]?.header ?? Self.none
        }
    }

    /// Where a transaction is on the chain, not above a height.
    func block(with hash: TransactionHash, upTo number: UInt64) -> Block? {
        chain.last { $0.mined.contains(hash) && $0.header.number <= number }
    }

    /// Whether a transaction of the keeper is in the chain's block of that height.
    func isCanonical(_ number: UInt64) -> Bool {
        chain.contains { $0.header.number == number && !$0.mined.isEmpty }
    }

    /// A node took signed bytes.
    func take(_ hash: TransactionHash, _ transaction: FeeMarketTransaction) {
        state.withLock { state in
            state.known[hash] = transaction
            if !state.waiting.contains(hash) { state.waiting.append(hash) }
        }
    }

    /// All nodes forget what waits.
    func drop() { state.withLock { $0.waiting = [] } }

    /// The next block, with what waits and pays its price.
    func mine() {
        state.withLock { state in
            guard let tip = state.chain.last.flatMap({ state.blocks[$0] }) else { return }
            Self.append(tip.header.number + 1, state.waiting, &state)
        }
    }

    /// What the blocks to come cost.
    func setPrice(_ price: Price) { state.withLock { $0.price = price } }

    /// The newest blocks give way to others, one more of them; their transactions wait again, and are in the last of the new ones.
    func reorganise(_ depth: Int, withTransactions: Bool = true) {
        state.withLock { state in
            state.forks += 1
            let gone = state.chain.suffix(depth)
            state.waiting = gone.flatMap { state.blocks[$0]?.mined ?? [] } + state.waiting
            state.chain.removeLast(depth)
            guard let base = state.chain.last.flatMap({ state.blocks[$0] }) else { return }
            for step in 1...UInt64(depth) + 1 {
                let isLast = step == UInt64(depth) + 1
                Self.append(base.header.number + step, isLast && withTransactions ? state.waiting : [], &state)
            }
        }
    }

    /// A transaction of the same account that is not the keeper's is in the next block.
    func mineOutsider() {
        state.withLock { state in
            guard let tip = state.chain.last.flatMap({ state.blocks[$0] }) else { return }
            let hash = Keccak256.hash(Array("outsider \(tip.header.number)".utf8))
            state.known[hash] = FeeMarketTransaction(
                chainID: 1337, nonce: tip.nonce, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(90), gasLimit: 21_000,
                to: .zero)
            Self.append(tip.header.number + 1, [hash], &state)
        }
    }

    func fallIll(_ isIll: Bool = true) { state.withLock { $0.isIll = isIll } }

    private static let none = BlockHeader(
        number: 0, hash: BlockHash(), parentHash: BlockHash(), timestamp: 0, gasLimit: 0, gasUsed: 0, baseFeePerGas: nil)

    /// Seconds of a block's slot.
    static func time(_ number: UInt64) -> UInt64 { hour + 12 * number - 12 * (firstNumber + 1) }

    private static func append(_ number: UInt64, _ candidates: [TransactionHash], _ state: inout State) {
        let tip = state.chain.last.flatMap { state.blocks[$0] }
        let parent = tip?.header.hash ?? BlockHash()
        let header = BlockHeader(
            number: number, hash: Keccak256.hash(Array("\(number)/\(state.forks)/\(parent)".utf8)), parentHash: parent,
            timestamp: time(number), gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: state.price.baseFeePerGas)
        var block = Block(
            header: header, nonce: tip?.nonce ?? firstNonce, epoch: tip?.epoch ?? hour - 3600, price: state.price)
        // Of several with one nonce, the one that pays best.
        let best = candidates.filter { state.known[$0].map { state.price.admits($0.fees) } ?? false }
            .sorted { fee($0, state) > fee($1, state) }
        while let hash = best.first(where: { state.known[$0]?.nonce == block.nonce }) {
            block.mined.append(hash)
            block.nonce += 1
            if state.known[hash]?.to == contract { block.epoch = header.timestamp - header.timestamp % 3600 }
        }
        state.waiting.removeAll { hash in (state.known[hash]?.nonce ?? 0) < block.nonce && candidates.contains(hash) }
        state.blocks[header.hash] = block
        state.chain.append(header.hash)
    }

    private static func fee(_ hash: TransactionHash, _ state: State) -> Wei { state.known[hash]?.maxPriorityFeePerGas ?? .zero }
}
