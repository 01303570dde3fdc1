import EthPrimitives
import EthRPC
import EthTransactions

@testable import KeeperTransactions

/// A machine with a hand-made chain around it: answers the store and the signer at once, and keeps what else is asked for.
struct Rig {
    static let account = Address(lowBytesOf: Keccak256.hash([1]))
    static let target = Address(lowBytesOf: Keccak256.hash([2]))
    static let topic = Keccak256.hash([3])

    var machine: TransactionMachine
    var records: [Record] = []
    var actions: [MachineAction] = []
    var number: UInt64 = 100
    /// Tells one block at a height from another.
    var fork: UInt64 = 0
    var nonce: Nonce = 5
    var finalizedNonce: Nonce?
    var depth: UInt64 = 12
    var base = Wei.gwei(1)
    var receipts: [TransactionHash: Receipt] = [:]
    /// What views tell of hashes without a receipt.
    var sighting = ChainView.Sighting.pooled
    /// What views tell of the words that they are asked for; what is not here is left out.
    var words: [WordPlace: WordReading] = [:]
    var rows: [FeeMarket.Row] = []
    var storeWorks = true
    var verdict: BroadcastVerdict? = .accepted

    init(_ change: (inout TransactionPolicy) -> Void = { _ in }, records: [Record] = [.adopted(nonce: 0, block: 0)]) throws {
        var policy = TransactionPolicy(
            maxFeePerGas: .gwei(40), maxGasLimit: 500_000, maxSpendPerTransaction: .ether(1), maxSpendPerDay: .ether(10))
        policy.adoptionQuietBlocks = 3
        policy.adoptionPatience = 20
        change(&policy)
        self.records = records
        machine = TransactionMachine(
            MachineConfiguration(chainID: 1, account: Self.account, policy: policy), state: try MachineState(replaying: records))
    }

    /// Another process begins with the same records.
    mutating func restart() throws {
        machine = TransactionMachine(machine.configuration, state: try MachineState(replaying: records))
        actions = []
        tell(.restored)
    }

    var head: BlockHeader {
        BlockHeader(
            number: number, hash: B256(lowBytesOf: number, fork), parentHash: BlockHash(), timestamp: 1_000_000 + 12 * number,
            gasLimit: 60_000_000, gasUsed: 0, baseFeePerGas: base)
    }

    var view: ChainView {
        var view = ChainView(
            head: head, finalized: number - min(number, depth), nonce: nonce, finalizedNonce: finalizedNonce ?? min(nonce, 5),
            pendingNonce: nonce)
        for hash in machine.watched { view.sightings[hash] = receipts[hash].map { .mined($0) } ?? sighting }
        for place in wordsAsked { view.words[place] = words[place] }
        view.market = FeeMarket(
            nextBaseFeePerGas: base, reward50: .gwei(1), reward80: .gwei(2), rows: rows)
        return view
    }

    var wordsAsked: [WordPlace] { machine.wordsToRead(for: Array(receipts.values)) }

    /// Tells an event, and answers store, signer and nodes until nothing more is asked of them.
    mutating func tell(_ event: MachineEvent) {
        var events = [event]
        while let next = events.first {
            events.removeFirst()
            for action in machine.handle(next) {
                actions.append(action)
                switch action {
                case .persist(let write):
                    if storeWorks { records += write.records }
                    events.append(storeWorks ? .persisted(write: write.id) : .persistFailed(write: write.id, reason: "full"))
                case .sign(let order):
                    let bytes = order.transaction.signingPayload
                    events.append(.signed(ticket: order.ticket, bytes: Bytes(bytes), hash: Keccak256.hash(bytes)))
                case .broadcast(_, let hash, _): if let verdict { events.append(.broadcast(hash, verdict)) }
                case .watch, .locate, .report, .alert: break
                }
            }
        }
    }

    /// The next block, and the wishes of the keeper at it.
    mutating func block(_ wishes: [TransactionIntent]?) {
        number += 1
        tell(.saw(view))
        if let wishes { tell(.wished(wishes, at: head)) }
    }

    static func wish(_ epoch: UInt64 = 1, target: String = "a", gasLimit: Gas = 200_000, deadline: UInt64 = 2_000_000)
        -> TransactionIntent
    {
        TransactionIntent(
            id: IntentID(keeper: "k", target: target, epoch: epoch), to: Self.target, data: Bytes([1, 2, 3, UInt8(epoch)]),
            gasLimit: gasLimit,
            gasExpected: gasLimit * 3 / 4, fees: FeeCaps(maxFeePerGas: .gwei(3), maxPriorityFeePerGas: .gwei(1)),
            baseFeePerGas: .gwei(1), effects: [ExpectedEffect(name: "poke", address: Self.target, topic: Self.topic)],
            deadline: deadline, maxAttempts: 2)
    }

    // MARK: - What was asked for

    var broadcasts: [TransactionHash] { actions.compactMap { if case .broadcast(_, let hash, _) = $0 { hash } else { nil } } }
    var orders: [SigningOrder] { actions.compactMap { if case .sign(let order) = $0 { order } else { nil } } }
    var alerts: [TransactionAlert] { actions.compactMap { if case .alert(let alert) = $0 { alert } else { nil } } }
    var news: [TransactionReport.News] { actions.compactMap { if case .report(let report) = $0 { report.news } else { nil } } }
    var outcomes: [IntentOutcome] { news.compactMap { if case .final(let outcome) = $0 { outcome } else { nil } } }
    var binding: Binding? { machine.state.bindings.first }

    // MARK: - What happens on the chain

    /// The newest form of the first bound nonce is mined in the next block.
    mutating func mine(_ hash: TransactionHash, effect: Bool = true, succeeded: Bool = true) {
        let block = number + 1
        let log = Log(
            address: Self.target, topics: [Self.topic], data: [], blockHash: B256(lowBytesOf: block, fork), blockNumber: block,
            transactionHash: hash, logIndex: 0)
        receipts[hash] = Receipt(
            transactionHash: hash, blockHash: B256(lowBytesOf: block, fork), blockNumber: block, transactionIndex: 0,
            from: Self.account, to: Self.target, succeeded: succeeded, gasUsed: 100_000, effectiveGasPrice: .gwei(2),
            logs: effect && succeeded ? [log] : [])
        nonce += 1
    }

    /// Blocks go by until what was mined is final.
    mutating func becomeFinal(_ wishes: [TransactionIntent]? = []) {
        for _ in 0...depth { block(wishes) }
        finalizedNonce = nonce
        block(wishes)
        block(wishes)
    }
}

extension B256 {
    init(lowBytesOf a: UInt64, _ b: UInt64) {
        self = Keccak256.hash([UInt8(truncatingIfNeeded: a), UInt8(truncatingIfNeeded: a >> 8), UInt8(b)])
    }
}
