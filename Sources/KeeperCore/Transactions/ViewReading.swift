import EthCodec
import EthPrimitives
import EthRPC
import KeeperTransactions

/// Reads a view of a head from one node: state at the head's hash, what is final, and what became of the watched hashes. What could
/// not be read of a hash, or does not belong to the head's chain, is left out of the view.
struct ViewReading: Sendable {
    let head: BlockHeader
    let account: Address
    let finality: Finality
    let watched: [TransactionHash]
    let isLegacy: Bool
    /// The words of storage to read beside receipts.
    var words: @Sendable ([Receipt]) -> [WordPlace] = { _ in [] }

    /// What one node says of a hash without a receipt.
    enum Known: Sendable { case no, pooled, mined }

    /// Headers that one view reads at most to see whether receipts belong to the head's chain.
    private static let mostHeaders = 512

    /// One batch, where the head follows the one before and the final block is still the same.
    /// - Parameters:
    ///   - branch: goes over to the head.
    ///   - known: the final block of an earlier view.
    /// - Throws: `RPCError` if nonce or finality cannot be read, or the node's chain does not have the head.
    func view(from node: NodeView, _ branch: HeadBranch, _ known: FinalBlock? = nil) async throws -> (
        ChainView, FinalBlock, HeadBranch
    ) {
        var batch = ReadBatch(at: .hash(head.hash))
        let nonce = batch.nonce(account)
        let balance = batch.balance(account)
        let finalHeader = batch.add(.header(finalReference))
        let history = batch.feeHistory(count: FeeMarket.depth, newest: head.number, percentiles: FeeMarket.percentiles)
        let hashes = watched.map { (hash: $0, receipt: batch.add(.receipt($0)), known: batch.add(Self.known($0))) }
        // The last of the batch: after it, nothing is read that is not pinned.
        let own = batch.add(.header(.number(head.number)))
        let answers = try await node.provider.send(batch)
        guard try answers.value(of: own)?.hash == head.hash else {
            throw RPCError(.malformedResult, "the node has left block \(head.number) \(head.hash)")
        }

        var final = try finalBlock(try answers.value(of: finalHeader))
        if let known, known.hash == final.hash, known.used?.node == node.label { final.used = known.used }
        var (receipts, unmined): ([Receipt], [(hash: TransactionHash, known: PendingRead<Known>)]) = ([], [])
        for entry in hashes {
            // One that cannot be read is left out.
            do throws(RPCError) {
                guard let receipt = try answers.value(of: entry.receipt) else {
                    unmined.append((entry.hash, entry.known))
                    continue
                }
                if receipt.transactionHash == entry.hash, receipt.blockNumber <= head.number { receipts.append(receipt) }
            } catch {}
        }
        let (finalNonce, readings, branch) = try await place(receipts, final, from: node, branch)
        final.used = FinalBlock.Used(nonce: finalNonce, node: node.label)
        var view = ChainView(
            head: head, finalized: final.number, nonce: try answers.value(of: nonce), finalizedNonce: finalNonce)
        // Neither is needed: the machine goes on without.
        view.balance = try? answers.value(of: balance)  // see above
        view.market = (try? answers.value(of: history)).map { FeeMarket($0, isLegacy: isLegacy) }  // see above
        view.words = readings
        for receipt in receipts where branch[receipt.blockNumber] == receipt.blockHash {
            view.sightings[receipt.transactionHash] = .mined(receipt)
        }
        for entry in unmined {
            switch try? answers.value(of: entry.known) {  // not read: its pools were not asked
            case .no: view.sightings[entry.hash] = .absent
            case .pooled: view.sightings[entry.hash] = .pooled
            // Not read; or mined, and the index of receipts lags: if that lasts, final blocks are searched.
            case .mined, nil: view.sightings[entry.hash] = .unmined
            }
        }
        return (view, final, branch)
    }

    private var finalReference: BlockReference {
        switch finality {
        case .tag: .finalized
        case .depth(let depth): .number(head.number - min(head.number, depth))
        }
    }

    private func finalBlock(_ header: BlockHeader?) throws(RPCError) -> FinalBlock {
        guard let header else { throw RPCError(.malformedResult, "the node shows no final block") }
        // The node is ahead of the head.
        guard header.number <= head.number else { return FinalBlock(number: head.number, hash: head.hash) }
        return FinalBlock(number: header.number, hash: header.hash)
    }

    /// The account's nonce at the final block, words of storage, and the head's branch down to the lowest receipt.
    private func place(
        _ receipts: [Receipt], _ final: FinalBlock, from node: NodeView, _ old: HeadBranch
    ) async throws -> (Nonce, [WordPlace: WordReading], HeadBranch) {
        var branch = old
        branch.follow(head)
        let isFar = head.number - final.number > UInt64(Self.mostHeaders)
        let lowest = min(receipts.map(\.blockNumber).min() ?? head.number, isFar ? head.number : final.number)
        let unread = branch.unread(for: lowest, most: Self.mostHeaders)
        let places = words(receipts)
        let used: Nonce
        var readings: [WordPlace: WordReading] = [:]
        if let known = final.used?.nonce, unread.isEmpty, places.isEmpty {
            used = known
        } else {
            var batch = ReadBatch(at: .hash(final.hash))
            let nonce = batch.nonce(account)
            let own = batch.add(.header(.number(head.number)))
            let below = unread.map { batch.add(.header(.number($0))) }
            let sought = places.map { (place: $0, read: batch.add(Self.word($0))) }
            let answers = try await node.provider.send(batch)
            guard try answers.value(of: own)?.hash == head.hash else {
                throw RPCError(.malformedResult, "the node has left block \(head.number) \(head.hash)")
            }
            var headers: [BlockHeader] = []
            for read in below {
                // What lies below one that cannot be read is not known.
                guard let header = try? answers.value(of: read) else { break }  // see above
                headers.append(header)
            }
            branch.adopt(headers)
            used = try answers.value(of: nonce)
            for entry in sought { readings[entry.place] = Self.reading(entry.read, answers) }
        }
        // What is final above a fork says nothing of an abandoned head; where it is too far away, the node is believed.
        guard isFar || branch[final.number] == final.hash else {
            throw RPCError(.malformedResult, "the final block \(final.number) is not known to be below the head \(head.hash)")
        }
        return (used, readings, branch)
    }

    /// Whether a node knows a transaction. Reads no more of it than that: it may be of any kind.
    static func known(_ hash: TransactionHash) -> RPCQuery<Known> {
        RPCQuery("eth_getTransactionByHash", [.string(hash.description)]) { (result) throws(RPCError) in
            guard result.json != .null else { return .no }
            guard try result.member("hash").b256() == hash else { throw result.expected("the transaction \(hash)") }
            return try result.optional("blockHash") == nil ? .pooled : .mined
        }
    }
}
