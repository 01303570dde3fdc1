import EthChain
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// A transaction that was mined: its block, those before it in the block, and what became of it.
struct MinedTransaction {
    let hash: TransactionHash
    let transaction: EVMTransaction
    let block: PinnedBlock
    /// The block whose state the first transaction saw.
    let parent: PinnedBlock
    /// In their order.
    let before: [EVMTransaction]
    let receipt: Receipt

    /// - Throws: `SimulationFailure`; what the transport throws.
    init(_ hash: TransactionHash, _ provider: Provider) async throws {
        self.hash = hash
        var batch = ReadBatch(at: .latest)
        let transactionRead = batch.add(RPCQuery<ReportedTransaction?>.transaction(hash))
        let receiptRead = batch.add(RPCQuery<Receipt?>.receipt(hash))
        let answers = try await provider.send(batch)
        guard let reported = try answers.value(of: transactionRead) else {
            throw SimulationFailure.badData("the node does not know the transaction \(hash)")
        }
        guard let place = reported.inclusion, let receipt = try answers.value(of: receiptRead) else {
            throw SimulationFailure.badData(
                "the transaction \(hash) is not mined yet", advice: "Simulate it with --tx and its signed bytes.")
        }
        self.receipt = receipt
        let whole = try await Self.block(.hash(place.blockHash), full: true, provider)
        block = PinnedBlock(whole.header, hash: whole.statedHash)
        let above = try await Self.block(.hash(block.parentHash), full: false, provider)
        parent = PinnedBlock(above.header, hash: above.statedHash)
        guard case .full(let all) = whole.transactions, place.transactionIndex < UInt64(all.count),
            all[Int(place.transactionIndex)].object.envelope?.hash == hash
        else {
            throw SimulationFailure.badData("block \(block.number) does not have the transaction \(hash) where the node says")
        }
        before = try all[..<Int(place.transactionIndex)].map(Self.transaction)
        transaction = try Self.transaction(all[Int(place.transactionIndex)])
    }

    private static func block(_ reference: BlockReference, full: Bool, _ provider: Provider) async throws -> Block {
        guard let block = try await provider.block(reference, full: full) else {
            throw SimulationFailure.badData("the node does not know the block of the transaction, or the one before")
        }
        return block
    }

    /// The sender is recovered from the signature: what a node states is not taken on trust.
    private static func transaction(_ reported: ReportedTransaction) throws -> EVMTransaction {
        guard let envelope = reported.object.envelope else {
            throw SimulationFailure.badData("a transaction of the block has no signature")
        }
        do throws(CryptoError) {
            return EVMTransaction(envelope.unsigned, from: try envelope.sender())
        } catch {
            throw SimulationFailure.badData("transaction \(envelope.hash): \(error)")
        }
    }

    /// In which points a result is another than what was mined; empty if it is the same.
    func differences(from result: ExecutionResult) -> [String] {
        var differences: [String] = []
        if result.succeeded != receipt.succeeded { differences.append("status \(receipt.succeeded ? 1 : 0)") }
        if result.gasUsed != receipt.gasUsed { differences.append("gas used \(receipt.gasUsed)") }
        let logs = receipt.logs.map { EVMLog(address: $0.address, topics: $0.topics, data: $0.data) }
        if result.logs != logs { differences.append(result.logs.count == logs.count ? "other logs" : "\(logs.count) logs") }
        return differences
    }
}
