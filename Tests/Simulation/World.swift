import EthPrimitives
import EthRPC

/// The chain with its forks, the nodes with their pools, and everybody else.
struct World: Sendable {
    let scenario: Scenario
    var faults: Faults
    var dice: Dice
    var blocks: [SimBlock]
    /// The blocks of the chain that proposers build on, by number.
    var canonical: [Int]
    var transactions: [SimTransaction] = []
    var nodes: [SimNode]
    var slots: [SimSlot] = []
    /// The highest number that any block had.
    var highest: UInt64 = 0
    /// The highest nonce that the account had in any block.
    var highestNonce: Nonce = 0
    /// Nothing goes wrong any more, and prices are low.
    var isCalm = false
    /// Base fee and tips move this way for a while.
    var trend = Trend.drift
    var trendUntil: UInt64 = 0
    /// Bytes on their way to a node for longer than anybody waited.
    var late: [(at: UInt64, transaction: Int, node: Int)] = []

    enum Trend: Sendable { case drift, rise, fall }

    /// Unix seconds of the first block: a Monday.
    static let genesisTime: UInt64 = 1_760_000_400

    init(_ scenario: Scenario, _ dice: Dice) {
        self.scenario = scenario
        self.dice = dice
        faults = scenario.faults
        let time = Self.genesisTime
        let root = SimBlock(
            index: 0, number: 0, parent: 0, time: time,
            header: Self.header(index: 0, number: 0, parent: BlockHash(), time, scenario.kind == .legacy ? nil : scenario.price),
            baseFee: scenario.price, nextBaseFee: scenario.price, tip: scenario.kind == .legacy ? 0 : 100_000_000, nonce: 0,
            balance: scenario.balance, poked: 0, written: 0, mined: [])
        blocks = [root]
        canonical = [0]
        nodes = (0..<scenario.nodes).map { _ in SimNode() }
        for index in nodes.indices {
            nodes[index].tipFloor = self.dice.happens(300) ? 20_000_000 : 1
            nodes[index].asksForBaseFee = self.dice.happens(200)
            nodes[index].showsQueue = scenario.showsQueues
            if scenario.evidence != .log, self.dice.happens(500) { nodes[index].keepsStates = UInt64(self.dice.from(2, to: 20)) }
        }
        let length = scenario.epochLength * Scenario.blockTime
        for epoch in 0..<(scenario.stormBlocks / scenario.epochLength + 2) {
            for target in 0..<scenario.targets where slots.count < 50 {
                let start = time + epoch * length + UInt64(target) * 24
                slots.append(
                    SimSlot(
                        index: slots.count, target: target, start: start, end: start + length,
                        deadline: start + length * UInt64(self.dice.from(300, to: 900)) / 1000))
            }
        }
    }

    static func header(index: Int, number: UInt64, parent: BlockHash, _ time: UInt64, _ baseFee: UInt64?) -> BlockHeader {
        BlockHeader(
            number: number, hash: B256(number: UInt64(index), tag: 3), parentHash: parent, timestamp: time,
            gasLimit: 60_000_000, gasUsed: 30_000_000, baseFeePerGas: baseFee.map { Wei(small: $0) })
    }

    var tip: SimBlock { blocks[canonical[canonical.count - 1]] }

    /// The block of a number on the chain that ends with a head.
    func block(_ number: UInt64, on head: SimBlock) -> SimBlock {
        if canonical.indices.contains(Int(head.number)), canonical[Int(head.number)] == head.index {
            return blocks[canonical[Int(number)]]
        }
        var index = head.index
        while blocks[index].number > number { index = blocks[index].parent }
        return blocks[index]
    }

    func isOn(_ block: SimBlock, chainOf head: SimBlock) -> Bool {
        block.number <= head.number && self.block(block.number, on: head).index == block.index
    }

    /// The block of the chain ending with `head` that holds a transaction.
    func block(of transaction: SimTransaction, on head: SimBlock) -> SimBlock? {
        for index in transaction.blocks where isOn(blocks[index], chainOf: head) { return blocks[index] }
        return nil
    }

    /// Number of the newest final block for whoever follows a head.
    func finalized(_ head: SimBlock) -> UInt64 { head.number > Scenario.finality ? head.number - Scenario.finality : 0 }

    /// The transaction of this content, new or known.
    mutating func transaction(
        nonce: Nonce, _ content: SimTransaction.Content, maxFee: UInt64, tip: UInt64, gasLimit: Gas
    ) -> Int {
        for known in transactions
        where known.nonce == nonce && known.content == content && known.maxFee == maxFee && known.tip == tip
            && known.gasLimit == gasLimit
        {
            return known.id
        }
        let id = transactions.count
        transactions.append(
            SimTransaction(
                id: id, hash: B256(number: UInt64(id), tag: 4), nonce: nonce, content: content, maxFee: maxFee, tip: tip,
                gasLimit: gasLimit))
        return id
    }

    /// Whether a transaction is an intent's own form.
    func isCall(_ id: Int) -> Bool {
        if case .call = transactions[id].content { return true }
        return false
    }

    /// The id behind a hash or the bytes of one.
    static func id(_ hash: TransactionHash) -> Int {
        var id = 0
        for index in 24..<32 { id = id << 8 | Int(hash[index]) }
        return id
    }
}
