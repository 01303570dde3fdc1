import EthPrimitives
import EthRPC

extension World {
    /// What a node says to bytes.
    enum NodeAnswer: Sendable { case accepted, known, refused(NodeErrorKind) }

    /// geth's rules of its pool, as recorded: a replacement needs both caps up by 10 %, gaps and caps below the base fee are taken.
    /// - Parameter since: height at which it came into the first pool.
    mutating func submit(_ id: Int, to node: Int, since: UInt64? = nil) -> NodeAnswer {
        let transaction = transactions[id]
        let head = blocks[nodes[node].head]
        if transaction.nonce < head.nonce { return .refused(.nonceTooLow) }
        if nodes[node].holds(id) { return .known }
        if transaction.nonce > head.nonce + 64 { return .refused(.nonceTooHigh) }
        if transaction.reserve > head.balance { return .refused(.insufficientFunds) }
        if scenario.kind != .legacy {
            if transaction.tip > transaction.maxFee { return .refused(.tipAboveFeeCap) }
            if !isCalm, transaction.tip < nodes[node].tipFloor { return .refused(.underpriced) }
            if nodes[node].asksForBaseFee, transaction.maxFee < head.nextBaseFee { return .refused(.feeCapBelowBaseFee) }
        }
        let since = since ?? tip.number
        if let index = nodes[node].pool.firstIndex(where: { $0.nonce == transaction.nonce }) {
            let old = transactions[nodes[node].pool[index].transaction]
            guard Self.isRaised(transaction.maxFee, over: old.maxFee), Self.isRaised(transaction.tip, over: old.tip) else {
                return .refused(.replacementUnderpriced)
            }
            nodes[node].pool[index] = SimNode.Pooled(transaction: id, nonce: transaction.nonce, since: since)
            return .accepted
        }
        if nodes[node].pool.count >= 16 { return .refused(.accountLimit) }
        nodes[node].pool.append(SimNode.Pooled(transaction: id, nonce: transaction.nonce, since: since))
        return .accepted
    }

    /// geth's `pricebump` of 10 %, exactly.
    static func isRaised(_ new: UInt64, over old: UInt64) -> Bool { new * 10 >= old * 11 }

    /// A node sees the chain's newest block, unless it sleeps; what a fork took out of it goes back to its pool, mostly.
    mutating func follow(_ node: Int) {
        if nodes[node].sleepsUntil > tip.number { return }
        if !isCalm, dice.happens(faults.lag) {
            nodes[node].sleepsUntil = tip.number + UInt64(dice.from(1, to: 6))
            return
        }
        nodes[node].indexLag = dice.happens(faults.indexLag) ? UInt64(dice.from(1, to: 8)) : 0
        let new = tip
        var old = blocks[nodes[node].head]
        nodes[node].head = new.index
        nodes[node].highest = max(nodes[node].highest, new.number)
        var lost: [Int] = []
        while old.number > 0, !isOn(old, chainOf: new) {
            lost += old.mined.map(\.transaction)
            old = blocks[old.parent]
        }
        nodes[node].pool.removeAll { $0.nonce < new.nonce }
        for id in lost where dice.happens(isCalm ? 1000 : 750) { _ = submit(id, to: node) }
    }

    /// Age, loss and gossip.
    mutating func tendPools() {
        let height = tip.number
        for index in nodes.indices {
            if nodes[index].pool.isEmpty { continue }
            nodes[index].pool.removeAll { $0.since + scenario.poolLifetime < height }
            if dice.happens(faults.nodeRestart) { nodes[index].pool.removeAll() }
            if dice.happens(faults.poolDrop), !nodes[index].pool.isEmpty {
                nodes[index].pool.remove(at: dice.below(nodes[index].pool.count))
            }
        }
        guard nodes.count > 1 else { return }
        for index in nodes.indices {
            for entry in nodes[index].pool {
                for other in nodes.indices where other != index && dice.happens(isCalm ? 1000 : 400) {
                    _ = submit(entry.transaction, to: other, since: entry.since)
                }
            }
        }
    }

    mutating func deliverLate() {
        guard !late.isEmpty else { return }
        let height = tip.number
        let due = late.filter { $0.at <= height }
        late.removeAll { $0.at <= height }
        for entry in due { _ = submit(entry.transaction, to: entry.node) }
    }

    /// Somebody uses the same key with a wallet of their own.
    mutating func sendForeign() {
        guard !isCalm, dice.happens(faults.foreign) else { return }
        let head = tip
        let nonce = head.nonce + UInt64(dice.happens(800) ? 0 : dice.from(1, to: 2))
        let fee = head.nextBaseFee * UInt64(dice.from(100, to: 250)) / 100 + head.tip
        let id = transaction(
            nonce: nonce, .foreign(transactions.count), maxFee: fee, tip: scenario.kind == .legacy ? fee : head.tip * 2,
            gasLimit: 21_000)
        let node = dice.below(nodes.count)
        _ = submit(id, to: node)
    }

    /// The nonce that a node says to be pending.
    mutating func pendingNonce(_ node: Int) -> Nonce {
        var nonce = blocks[nodes[node].head].nonce
        if nodes[node].showsQueue {
            for entry in nodes[node].pool { nonce = max(nonce, entry.nonce + 1) }
        } else {
            while nodes[node].pool.contains(where: { $0.nonce == nonce }) { nonce += 1 }
        }
        guard dice.happens(faults.pendingLie) else { return nonce }
        return dice.happens(500) ? nonce + UInt64(dice.from(1, to: 5)) : nonce - min(nonce, UInt64(dice.from(1, to: 2)))
    }
}
