import EthPrimitives
import EthRPC

extension World {
    /// One slot of the chain: perhaps a reorganisation, and a block that the nodes get to see.
    mutating func propose(at time: UInt64) {
        turnTrend()
        deliverLate()
        sendForeign()
        if !isCalm, dice.happens(faults.reorganisation), tip.number > 2 {
            reorganise(depth: dice.happens(700) ? dice.from(1, to: 2) : dice.from(3, to: Int(Scenario.finality) - 1), time)
        } else {
            extend(tip, at: time, with: offered())
        }
        for index in nodes.indices { follow(index) }
        tendPools()
    }

    /// What a proposer finds in a pool; when calm, in all.
    private mutating func offered() -> [Int] {
        if isCalm { return nodes.flatMap { $0.pool.map(\.transaction) } }
        if dice.happens(faults.noInclusion) { return [] }
        return nodes[dice.below(nodes.count)].pool.map(\.transaction)
    }

    /// Replaces the last blocks by one more than they were, or by as many.
    private mutating func reorganise(depth: Int, _ time: UInt64) {
        // What is final for anybody stays.
        let lowest = highest >= Scenario.finality ? highest - Scenario.finality + 1 : 0
        let number = max(lowest, tip.number > UInt64(depth) ? tip.number - UInt64(depth) : 0)
        guard number < tip.number else { return extend(tip, at: time, with: offered()) }
        let old = canonical[(Int(number) + 1)...].map { blocks[$0] }
        canonical.removeLast(old.count)
        for block in old {
            var again: [Int] = []
            for mined in block.mined where dice.happens(600) { again.append(mined.transaction) }
            extend(tip, at: block.time, with: dice.happens(500) ? again : again + offered())
        }
        if dice.happens(700) { extend(tip, at: time, with: offered()) }
    }

    private mutating func extend(_ parent: SimBlock, at time: UInt64, with offered: [Int]) {
        let isLegacy = scenario.kind == .legacy
        let base = parent.nextBaseFee
        var (nonce, balance, poked) = (parent.nonce, parent.balance, parent.poked)
        var mined: [SimMined] = []
        let index = blocks.count
        let othersFirst = dice.happens(500)
        if othersFirst { pokeByOthers(&poked, time) }
        let asked = isLegacy ? 0 : parent.tip * UInt64(isCalm ? 50 : dice.from(30, to: 130)) / 100
        while let id = best(offered, nonce, base, asked, balance) {
            let entry = execute(transactions[id], base, time, &poked)
            mined.append(entry)
            transactions[id].blocks.append(index)
            balance -= entry.cost
            nonce += 1
        }
        if !othersFirst { pokeByOthers(&poked, time) }
        let written = write(parent.written | (poked & ~parent.poked), time)
        let number = parent.number + 1
        blocks.append(
            SimBlock(
                index: index, number: number, parent: parent.index, time: time,
                header: Self.header(index: index, number: number, parent: parent.header.hash, time, isLegacy ? nil : base),
                baseFee: base, nextBaseFee: moved(base), tip: isLegacy ? 0 : tip(after: parent.tip), nonce: nonce,
                balance: balance, poked: poked, written: written, mined: mined))
        canonical.append(index)
        highest = max(highest, number)
        highestNonce = max(highestNonce, nonce)
    }

    /// The best paying transaction with this nonce that the block can hold.
    private func best(_ offered: [Int], _ nonce: Nonce, _ base: UInt64, _ asked: UInt64, _ balance: UInt64) -> Int? {
        var best: (id: Int, tip: UInt64)?
        for id in offered where transactions[id].nonce == nonce && transactions[id].reserve <= balance {
            guard let tip = transactions[id].tip(baseFee: base), tip >= asked, tip >= best?.tip ?? 0 else { continue }
            best = (id, tip)
        }
        return best?.id
    }

    private mutating func execute(_ transaction: SimTransaction, _ base: UInt64, _ time: UInt64, _ poked: inout UInt64)
        -> SimMined
    {
        let price = scenario.kind == .legacy ? transaction.maxFee : base + (transaction.tip(baseFee: base) ?? 0)
        func mined(_ succeeded: Bool, _ effect: Bool, _ gas: Gas) -> SimMined {
            SimMined(transaction: transaction.id, succeeded: succeeded, hasEffect: effect, gasUsed: gas, price: price)
        }
        guard case .call(let slot) = transaction.content else { return mined(true, false, 21_000) }
        let isOpen = slots[slot].start <= time && time < slots[slot].end && poked & (1 << UInt64(slot)) == 0
        guard isOpen else { return mined(true, false, transaction.gasLimit / 2) }
        if !isCalm, dice.happens(faults.starved) {
            return dice.happens(500)
                ? mined(false, false, transaction.gasLimit) : mined(true, false, transaction.gasLimit * 9 / 10)
        }
        poked |= 1 << UInt64(slot)
        return mined(true, true, transaction.gasLimit * 4 / 5)
    }

    private mutating func pokeByOthers(_ poked: inout UInt64, _ time: UInt64) {
        guard !isCalm, faults.othersPoke > 0 else { return }
        for slot in slots where slot.start <= time && time < slot.end && poked & (1 << UInt64(slot.index)) == 0 {
            if dice.happens(faults.othersPoke) { poked |= 1 << UInt64(slot.index) }
        }
    }

    /// After the pokes of a block, others change words of storage and change them back.
    private mutating func write(_ written: UInt64, _ time: UInt64) -> UInt64 {
        guard scenario.evidence != .log, !isCalm, faults.overwrite > 0 else { return written }
        var written = written
        for slot in slots where slot.start <= time && time < slot.end + 240 && dice.happens(faults.overwrite) {
            written ^= 1 << UInt64(slot.index)
        }
        return written
    }

    // MARK: - Prices

    private mutating func turnTrend() {
        guard !isCalm, tip.number >= trendUntil else { return }
        let wild = scenario.kind == .market ? 450 : 150
        trend = dice.happens(wild) ? .rise : dice.happens(wild) ? .fall : .drift
        trendUntil = tip.number + UInt64(dice.from(4, to: 18))
    }

    /// At most an eighth a block (EIP-1559).
    private mutating func moved(_ base: UInt64) -> UInt64 {
        if isCalm { return Scenario.gwei }
        switch trend {
        case .drift: return max(50_000_000, base + base / 8000 * UInt64(dice.below(700)) - base / 8000 * UInt64(dice.below(700)))
        case .rise: return min(200 * Scenario.gwei, base + base / 8)
        case .fall: return max(50_000_000, base - base / 8)
        }
    }

    private mutating func tip(after tip: UInt64) -> UInt64 {
        if isCalm { return 20_000_000 }
        return min(3 * Scenario.gwei, max(5_000_000, tip * UInt64(dice.from(80, to: 126)) / 100))
    }

    /// From now on nothing goes wrong. A day has passed, so that what was spent no longer counts.
    mutating func calm() {
        isCalm = true
        faults = .none
        late.removeAll()
        for index in nodes.indices { (nodes[index].sleepsUntil, nodes[index].indexLag) = (0, 0) }
        let start = tip.time + (scenario.isDayTight ? 90_000 : Scenario.blockTime)
        for target in 0..<scenario.targets {
            slots.append(
                SimSlot(
                    index: slots.count, target: target, start: start, end: start + 1_000_000, deadline: start + 3_600))
        }
        let last = tip
        let isLegacy = scenario.kind == .legacy
        let index = blocks.count
        blocks.append(
            SimBlock(
                index: index, number: last.number + 1, parent: last.index, time: start,
                header: Self.header(
                    index: index, number: last.number + 1, parent: last.header.hash, start, isLegacy ? nil : Scenario.gwei),
                baseFee: Scenario.gwei, nextBaseFee: Scenario.gwei, tip: isLegacy ? 0 : 20_000_000, nonce: last.nonce,
                balance: last.balance + 1_000_000_000 * Scenario.gwei, poked: last.poked, written: last.written, mined: []))
        canonical.append(index)
        highest = max(highest, last.number + 1)
        for index in nodes.indices { follow(index) }
    }
}
