import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTransactions

/// A small keeper: pokes the contract once an hour, with the price of the block.
struct Poking: Keeper {
    struct Facts: Codable, Sendable, Hashable {
        var time: UInt64
        /// The hour that was poked last, unix seconds.
        var epoch: UInt64
        var price: B256
    }

    /// Told of what observing met.
    let witness: Witness

    func observe(_ head: BlockHeader, through provider: Provider) async throws -> Facts {
        do {
            var batch = ReadBatch(at: .hash(head.hash))
            let header = batch.header(head.hash)
            let epoch = batch.storage(ChainWorld.contract, slot: 0)
            let price = batch.storage(ChainWorld.contract, slot: 1)
            let answers = try await provider.send(batch)
            return Facts(
                time: try answers.value(of: header).timestamp,
                epoch: UInt256(bigEndian: try answers.value(of: epoch)).asUInt64 ?? 0, price: try answers.value(of: price))
        } catch {
            witness.met(error)
            throw error
        }
    }

    func decide(_ facts: Facts, _ memory: inout NoMemory) -> Decision { Self.decision(on: facts) }

    func nextWake(after head: BlockHeader) -> UInt64 { 0 }

    static func decision(on facts: Facts) -> Decision {
        let hour = facts.time - facts.time % 3600
        guard facts.epoch < hour else { return Decision(notes: [Note("fresh", "poked in this hour")]) }
        let intent = TransactionIntent(
            id: IntentID(keeper: "test", target: "price", epoch: hour), to: ChainWorld.contract,
            data: Bytes([0x18, 0x17, 0x83, 0x58] + facts.price.bytes), gasLimit: 100_000, gasExpected: 80_000,
            fees: FeeCaps(maxFeePerGas: .gwei(10), maxPriorityFeePerGas: .gwei(1)), baseFeePerGas: .gwei(5),
            effects: [ExpectedEffect(name: "price", address: ChainWorld.contract, topic: ChainWorld.topic)],
            deadline: hour + 600, maxAttempts: 2)
        return Decision(actions: [.transact(intent)], notes: [Note("due", "not poked in this hour")])
    }
}

extension ChainWorld {
    /// The price that the contract has at a block: another one in each.
    static func price(at hash: BlockHash) -> B256 { Keccak256.hash(hash.bytes) }

    /// What a keeper must decide at a block: from the world itself, past all nodes.
    func truth(at head: BlockHeader) -> Decision? {
        block(head.hash).map { block in
            Poking.decision(
                on: .init(time: block.header.timestamp, epoch: block.epoch, price: Self.price(at: head.hash)))
        }
    }
}
