import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions

extension World {
    /// What a node answers about watched hashes and the account.
    /// - Parameter words: those to read beside receipts.
    mutating func view(
        from node: Int, watching hashes: [TransactionHash], words: ([Receipt]) -> [WordPlace]
    ) -> ChainView {
        let head = blocks[nodes[node].head]
        let final = finalized(head)
        var view = ChainView(
            head: head.header, finalized: final, nonce: head.nonce, finalizedNonce: block(final, on: head).nonce)
        let asksPools = !dice.happens(faults.poolsNotAsked)
        for hash in hashes where !dice.happens(faults.readFailure) {
            view.sightings[hash] = sighting(of: transactions[Self.id(hash)], node, head, asksPools)
        }
        if scenario.evidence != .log {
            let receipts = view.sightings.values.compactMap { if case .mined(let receipt) = $0 { receipt } else { nil } }
            for place in words(receipts) { view.words[place] = reading(place, node) }
        }
        var pending: Nonce = 0
        for index in nodes.indices { pending = max(pending, pendingNonce(index)) }
        view.pendingNonce = pending
        view.balance = dice.happens(300) ? nil : Wei(small: head.balance)
        view.market = dice.happens(faults.readFailure) ? nil : market(head)
        return view
    }

    private func sighting(
        of transaction: SimTransaction, _ node: Int, _ head: SimBlock, _ asksPools: Bool
    ) -> ChainView.Sighting {
        if let receipt = receipt(of: transaction, head), receipt.blockNumber + nodes[node].indexLag <= head.number {
            return .mined(receipt)
        }
        guard asksPools else { return .unmined }
        return nodes.contains { $0.holds(transaction.id) } ? .pooled : .absent
    }

    func receipt(of transaction: SimTransaction, _ head: SimBlock) -> Receipt? {
        guard let block = block(of: transaction, on: head),
            let mined = block.mined.first(where: { $0.transaction == transaction.id })
        else { return nil }
        var logs: [Log] = []
        if mined.hasEffect, case .call(let slot) = transaction.content {
            logs = [
                Log(
                    address: Scenario.target, topics: [Scenario.topic], data: B256(number: UInt64(slot), tag: 5).bytes,
                    blockHash: block.header.hash, blockNumber: block.number, transactionHash: transaction.hash, logIndex: 0)
            ]
        }
        return Receipt(
            transactionHash: transaction.hash, blockHash: block.header.hash, blockNumber: block.number, transactionIndex: 0,
            from: Scenario.account, to: nil, succeeded: mined.succeeded, gasUsed: mined.gasUsed,
            effectiveGasPrice: Wei(small: mined.price), logs: logs)
    }

    private func market(_ head: SimBlock) -> FeeMarket {
        let isLegacy = scenario.kind == .legacy
        var rows: [FeeMarket.Row] = []
        var block = head
        while rows.count < 6, block.number > 0 {
            rows.append(
                FeeMarket.Row(
                    number: block.number, baseFeePerGas: isLegacy ? .zero : Wei(small: block.baseFee),
                    reward90: Wei(small: isLegacy ? block.baseFee * 13 / 10 : block.tip * 2)))
            block = blocks[block.parent]
        }
        return FeeMarket(
            nextBaseFeePerGas: isLegacy ? nil : Wei(small: head.nextBaseFee),
            reward50: Wei(small: isLegacy ? head.nextBaseFee : head.tip),
            reward80: Wei(small: isLegacy ? head.nextBaseFee * 12 / 10 : head.tip * 3 / 2),
            rows: rows.reversed())
    }

    /// What the keeper wishes at a head.
    mutating func wishes(at head: SimBlock) -> [TransactionIntent] {
        var wishes: [TransactionIntent] = []
        for slot in slots where slot.start <= head.time && head.time < slot.end && head.poked & (1 << UInt64(slot.index)) == 0 {
            wishes.append(intent(for: slot, head))
        }
        return wishes
    }

    private mutating func intent(for slot: SimSlot, _ head: SimBlock) -> TransactionIntent {
        let gasLimit = Gas(dice.from(100, to: 150)) * 1000
        let tip = scenario.kind == .legacy ? head.nextBaseFee * 3 / 2 : max(10_000_000, head.tip)
        let maxFee = scenario.kind == .legacy ? tip : head.nextBaseFee * 2 + tip
        return TransactionIntent(
            id: slot.id, to: Scenario.target, data: Bytes(Scenario.callData(slot.index)), gasLimit: gasLimit,
            gasExpected: gasLimit * 4 / 5, fees: FeeCaps(maxFeePerGas: Wei(small: maxFee), maxPriorityFeePerGas: Wei(small: tip)),
            baseFeePerGas: Wei(small: head.nextBaseFee),
            effects: effects(of: slot.index), deadline: slot.deadline, maxAttempts: 2)
    }

    /// Searches final blocks for the account's transaction with a nonce.
    func locate(_ nonce: Nonce, from lowest: UInt64, _ node: Int) -> (transaction: Int, receipt: Receipt)? {
        let head = blocks[nodes[node].head]
        var number = finalized(head)
        while number > 0, number >= lowest {
            let block = block(number, on: head)
            for mined in block.mined where transactions[mined.transaction].nonce == nonce {
                return receipt(of: transactions[mined.transaction], head).map { (mined.transaction, $0) }
            }
            number -= 1
        }
        return nil
    }
}
