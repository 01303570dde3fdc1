import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions

extension Simulation {
    /// Does what a machine asks for, in its order; the process may die before and after each action.
    mutating func perform(_ actions: [MachineAction], _ process: Int) {
        let life = processes[process].life
        for action in actions {
            if dice.happens(faults.crash / 2) { return crash(process) }
            trace?("    asks to \(action.text)")
            perform(action, process)
            guard processes[process].life == life, inspector.violation == nil else { return }
            if dice.happens(faults.crash / 2) { return crash(process) }
        }
    }

    private mutating func perform(_ action: MachineAction, _ process: Int) {
        switch action {
        case .persist(let write): persist(write, process)
        case .sign(let order): sign(order, process)
        case .broadcast(_, let hash, _): broadcast(World.id(hash), process)
        case .watch(let hashes): processes[process].watched = hashes
        case .locate(let nonce, let lowest): locate(nonce, lowest, process)
        case .report(let report): check(report)
        case .alert: tally.alerts += 1
        }
    }

    private mutating func reply(_ process: Int, _ event: MachineEvent, _ low: Int, _ high: Int) {
        let life = processes[process].life
        queue.add(.answer(process: process, life: life, event), at: now + UInt64(dice.from(low, to: high)))
    }

    // MARK: - The store

    private mutating func persist(_ write: Write, _ process: Int) {
        if dice.happens(faults.storeFailure) {
            return reply(process, .persistFailed(write: write.id, reason: "disk full"), 0, 3)
        }
        if dice.happens(500) {
            // On the disk at once, known of later.
            append(write, process)
            reply(process, .persisted(write: write.id), 0, 3)
        } else {
            let life = processes[process].life
            queue.add(.durable(process: process, life: life, write), at: now + UInt64(dice.from(0, to: 3)))
        }
    }

    /// A write reaches the disk, unless its process died before.
    mutating func makeDurable(_ process: Int, _ life: Int, _ write: Write) {
        guard processes[process].life == life else { return }
        append(write, process)
        tell(process, .persisted(write: write.id))
    }

    private mutating func append(_ write: Write, _ process: Int) {
        for record in write.records {
            trace?("    durable: \(record.text)")
            store.records.append(record)
            inspector.record(record, era: store.era, world)
            inspector.checkUnverified(record, process, life: processes[process].life, world)
            tally.count(record)
        }
    }

    private mutating func check(_ report: TransactionReport) {
        guard case .final(let outcome) = report.news, let key = report.key else { return }
        let isDurable = store.records.contains {
            if case .settled(let settlement) = $0 { settlement.key == key && settlement.outcome == outcome } else { false }
        }
        if !isDurable { inspector.object(.finalReport, "\(key) is \(outcome)") }
    }

    // MARK: - The signer

    private mutating func sign(_ order: SigningOrder, _ process: Int) {
        do throws(SigningRefusal) {
            try signing.check(SigningRequest(order, in: processes[process].machine.state), by: Scenario.account)
        } catch {
            inspector.object(.admitted, "\(error)")
        }
        if dice.happens(faults.signerFailure) {
            return reply(process, .signingFailed(ticket: order.ticket, reason: "no answer"), 1, 14)
        }
        let content: SimTransaction.Content
        switch order.transaction {
        case .feeMarket(let transaction): content = transaction.data.first.map { .call(slot: Int($0)) } ?? .empty
        case .legacy(let transaction): content = transaction.data.first.map { .call(slot: Int($0)) } ?? .empty
        case .accessList, .blob, .setCode: content = .empty
        }
        let id = world.transaction(
            nonce: order.nonce, content, maxFee: order.transaction.fees.maxFeePerGas.small,
            tip: order.transaction.fees.maxPriorityFeePerGas.small, gasLimit: order.gasLimit)
        let transaction = world.transactions[id]
        trace?(
            "    form \(id): nonce \(transaction.nonce), \(content), \(transaction.maxFee)/\(transaction.tip) wei, \(transaction.gasLimit) gas"
        )
        reply(
            process, .signed(ticket: order.ticket, bytes: transaction.bytes, hash: transaction.hash), 0,
            dice.happens(100) ? 30 : 3)
    }

    // MARK: - The nodes

    private mutating func broadcast(_ id: Int, _ process: Int) {
        let head = processes[process].machine.newestHead
        inspector.send(id, era: store.era, now: head?.timestamp ?? 0, world)
        countSend(id, process)
        tally.broadcasts += 1
        let hash = world.transactions[id].hash
        if dice.happens(faults.nothingConnected) { return reply(process, .broadcast(hash, .neverSent), 0, 2) }
        inspector.left(id, era: store.era, world)
        var verdict: BroadcastVerdict?
        for node in world.nodes.indices { verdict = Self.combined(verdict, submit(id, to: node)) }
        trace?("    the nodes: \(verdict ?? .noAnswer)")
        let isSlow = verdict == .noAnswer
        reply(process, .broadcast(hash, verdict ?? .noAnswer), isSlow ? 6 : 0, isSlow ? 40 : 5)
    }

    private mutating func submit(_ id: Int, to node: Int) -> BroadcastVerdict {
        if dice.happens(faults.lostRequest) {
            if dice.happens(faults.lateArrival) {
                world.late.append((world.tip.number + UInt64(dice.from(1, to: 8)), id, node))
            }
            return .noAnswer
        }
        if dice.happens(faults.refusal) {
            return .refused(Wordings.told(Wordings.whims[dice.below(Wordings.whims.count)], &dice))
        }
        if dice.happens(faults.acceptedAndLost) { return .accepted }
        let answer = world.submit(id, to: node)
        if dice.happens(faults.lostReply) { return .noAnswer }
        return switch answer {
        case .accepted: .accepted
        case .known: dice.happens(800) ? .alreadyKnown : .refused(Wordings.told(.alreadyKnown, &dice))
        case .refused(let kind): .refused(Wordings.told(kind, &dice))
        }
    }

    /// The verdict of all nodes, as `BroadcastVerdict` has it.
    private static func combined(_ a: BroadcastVerdict?, _ b: BroadcastVerdict) -> BroadcastVerdict {
        func rank(_ verdict: BroadcastVerdict) -> Int {
            switch verdict {
            case .accepted: 0
            case .alreadyKnown: 1
            case .noAnswer: 2
            case .refused(.nonceTooLow): 3
            case .refused(.replacementUnderpriced): 4
            case .refused(.underpriced): 5
            case .refused: 6
            case .neverSent: 7
            }
        }
        guard let a else { return b }
        return rank(b) < rank(a) ? b : a
    }

    /// A process may not send the same bytes over and over while its view of the chain stands still.
    private mutating func countSend(_ id: Int, _ process: Int) {
        if let index = processes[process].sends.firstIndex(where: { $0.transaction == id }) {
            processes[process].sends[index].count += 1
            if processes[process].sends[index].count > 2 { inspector.object(.sendsInBounds, "form \(id)") }
        } else {
            processes[process].sends.append((id, 1))
        }
    }

    private mutating func locate(_ nonce: Nonce, _ lowest: UInt64, _ process: Int) {
        var location = MachineEvent.Location.unknown
        if !dice.happens(faults.readFailure),
            let found = world.locate(nonce, from: lowest, dice.below(world.nodes.count))
        {
            let hash = world.transactions[found.transaction].hash
            location = processes[process].watched.contains(hash) ? .own(found.receipt) : .foreign(hash)
        }
        reply(process, .located(nonce: nonce, location), 1, 20)
    }
}
