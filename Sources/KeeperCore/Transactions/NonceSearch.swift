import EthCodec
import EthPrimitives
import EthRPC
import KeeperTransactions

/// Looks in final blocks for the transaction with which an account used a nonce: by the account's nonce at blocks further and further
/// below the newest final one, since nodes forget old states, then between those, then in one whole block.
struct NonceSearch: Sendable {
    let account: Address
    let nonce: Nonce
    /// No earlier block has it.
    let lowest: UInt64
    let final: FinalBlock
    /// Hashes of our own forms.
    let ours: Set<TransactionHash>

    /// Whole blocks that are read at most where a node has forgotten the states in question.
    private static let mostBlocks: UInt64 = 32

    /// - Throws: `RPCError` if the node does not answer.
    func location(from provider: Provider) async throws -> MachineEvent.Location {
        var high = final.number
        guard high >= lowest, try await isUsed(at: high, provider) == true else { return .unknown }
        var low = max(lowest, 1) - 1
        var step: UInt64 = 1
        var isBelow = false
        while high > low + 1 {
            let probe = isBelow ? low + (high - low) / 2 : high - min(step, high - low - 1)
            guard let isUsed = try await isUsed(at: probe, provider) else {
                // The state is gone: the blocks are not.
                return try await scan(from: high, to: max(low + 1, high - min(high, Self.mostBlocks - 1)), provider)
            }
            if isUsed { high = probe } else { (low, isBelow) = (probe, true) }
            step *= 2
        }
        return try await scan(from: high, to: high, provider)
    }

    /// Whether the nonce was used at a block's end; `nil` if the node does not have that state.
    private func isUsed(at number: UInt64, _ provider: Provider) async throws -> Bool? {
        do { return try await provider.nonce(of: account, at: .number(number)) > nonce } catch let error as RPCError {
            guard case .node = error.code else { throw error }
            return nil
        }
    }

    private func scan(from high: UInt64, to low: UInt64, _ provider: Provider) async throws -> MachineEvent.Location {
        var number = high
        while true {
            if let found = try await transaction(in: number, provider) {
                guard ours.contains(found.hash) else { return .foreign(found.hash) }
                return try await receipt(found.hash, in: found.block, provider).map { .own($0) } ?? .unknown
            }
            guard number > low else { return .unknown }
            number -= 1
        }
    }

    /// Reads no more of a block's transactions than is needed: some may be of kinds that are not known here.
    private func transaction(in number: UInt64, _ provider: Provider) async throws -> (hash: TransactionHash, block: BlockHash)? {
        let block = try await provider.request("eth_getBlockByNumber", [Quantity.encode(number), true])
        guard block.json != .null else { return nil }
        for transaction in try block.member("transactions").elements() {
            guard try transaction.member("nonce").uint64() == nonce, try transaction.member("from").address() == account else {
                continue
            }
            return (try transaction.member("hash").b256(), try block.member("hash").b256())
        }
        return nil
    }

    /// From the index, or from the block's receipts where the index lags.
    private func receipt(_ hash: TransactionHash, in block: BlockHash, _ provider: Provider) async throws -> Receipt? {
        func isRight(_ receipt: Receipt) -> Bool { receipt.transactionHash == hash && receipt.blockHash == block }
        if let receipt = try await provider.receipt(hash), isRight(receipt) { return receipt }
        return try await provider.receipts(of: .hash(block))?.first(where: isRight)
    }
}
