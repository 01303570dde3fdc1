import EthCodec
import EthPrimitives
import EthRPC
import KeeperTransactions

@testable import KeeperCore
@testable import Simulation

extension WorldChain {
    /// What a manager tells its machine, and what that asks for: compared with the world as it is.
    func observe(_ event: MachineEvent, _ actions: [MachineAction], life: Int) {
        with { state in
            guard state.isUp, state.life == life else { return }
            if !state.questions.answer(event) { state.object("told what was not asked, or twice: \(event.kind)") }
            switch event {
            case .saw(let view):
                state.check(view)
                state.checkWords(view, isBalanced: isBalanced)
            case .broadcast(_, .neverSent): state.tally.neverSent += 1
            case .located(let nonce, let location): state.check(location, nonce)
            default: break
            }
            for action in actions {
                state.questions.ask(action)
                switch action {
                case .broadcast(let bytes, let hash, let nonce): state.checkSend(bytes, hash, nonce)
                case .watch(let hashes): state.watched = hashes
                case .report(let report): state.check(report)
                case .persist, .sign, .locate, .alert: break
                }
            }
        }
    }
}

extension WorldChain.State {
    /// A view is of one block and what it stands on, whichever nodes answered.
    fileprivate mutating func check(_ view: ChainView) {
        tally.views += 1
        headTime = max(headTime, view.head.timestamp)
        guard let head = block(view.head.hash) else { return object("a view of no block") }
        if view.nonce != head.nonce { object("the nonce is not the head's") }
        if view.finalized > head.number || world.block(view.finalized, on: head).nonce != view.finalizedNonce {
            object("the final nonce is not that of block \(view.finalized)")
        }
        if let balance = view.balance, balance.small != head.balance { object("the balance is not the head's") }
        for (hash, sighting) in view.sightings {
            if !watched.contains(hash) { object("a view tells of what is not watched") }
            guard case .mined(let receipt) = sighting else { continue }
            guard let id = id(of: hash), let block = block(receipt.blockHash), world.isOn(block, chainOf: head),
                block.mined.contains(where: { $0.transaction == id }), receipt.transactionHash == hash
            else {
                object("a receipt of another fork is told")
                continue
            }
        }
    }

    /// A word is that of its block; one that is gone is on no node. Which one a balancer asked nobody knows.
    fileprivate mutating func checkWords(_ view: ChainView, isBalanced: Bool) {
        for (place, reading) in view.words {
            guard let block = block(place.block) else { return object("a word of no block") }
            switch reading {
            case .word(let word):
                tally.words += 1
                if word != world.word(World.id(place.slot.slot), after: block) { object("a word of another block is told") }
            case .gone:
                tally.gone += 1
                if !world.isForgotten(block, from: isBalanced ? 1 : 0) { object("a word counts as gone that a node has") }
            case .unread: tally.unread += 1
            }
        }
    }

    fileprivate mutating func check(_ location: MachineEvent.Location, _ nonce: Nonce) {
        let final = world.block(world.finalized(world.tip), on: world.tip)
        switch location {
        case .unknown: break
        case .own(let receipt):
            tally.located += 1
            guard let block = block(receipt.blockHash), world.isOn(block, chainOf: final) else {
                return object("located in no final block")
            }
        case .foreign(let hash):
            tally.located += 1
            guard let id = id(of: hash), world.transactions[id].nonce == nonce,
                world.block(of: world.transactions[id], on: final) != nil
            else { return object("located a transaction that is not there") }
            if watched.contains(hash) { object("located our own as foreign") }
        }
    }

    fileprivate mutating func checkSend(_ bytes: Bytes, _ hash: TransactionHash, _ nonce: Nonce) {
        guard let id = id(of: hash), world.transactions[id].nonce == nonce, Keccak256.hash(bytes.rawValue) == hash else {
            return object("asked to send what was never signed")
        }
        inspector.send(id, era: records.era, now: headTime, world)
    }

    /// What is reported as final is durable.
    fileprivate mutating func check(_ report: TransactionReport) {
        guard case .final(let outcome) = report.news, let key = report.key else { return }
        let isDurable = records.records.contains {
            if case .settled(let settlement) = $0 { settlement.key == key && settlement.outcome.isLike(outcome) } else { false }
        }
        if !isDurable { object("\(key) was reported final before that was durable") }
    }

    /// Every outcome in the store has its line in the journal, exactly one.
    mutating func checkJournal() {
        var expected: [String] = []
        for record in records.records {
            guard case .settled(let settlement) = record else { continue }
            expected.append("\(settlement.key.id.epoch) \(settlement.key.attempt)")
        }
        let told = lines.filter { $0["kind"]?.string == "alert" && $0["alert"]?.string?.isEmpty == false }
        let found = lines.compactMap { line -> String? in
            guard line["kind"]?.string == "final", let epoch = line["intent"]?["epoch"]?.uint64,
                let attempt = line["attempt"]?.uint64, line["outcome"] != nil
            else { return nil }
            return "\(epoch) \(attempt)"
        }
        if found.count + told.count != lines.count { object("a line of the journal cannot be read") }
        if found != expected { object("the journal has \(found.count) outcomes, the store \(expected.count)") }
    }
}

extension IntentOutcome {
    /// The same but for the hash, which is the world's own in one of them.
    fileprivate func isLike(_ other: IntentOutcome) -> Bool {
        switch (self, other) {
        case (.minedWithEffect(let a), .minedWithEffect(let b)): a.block == b.block && a.cost == b.cost
        case (.minedWithoutEffect(let a, let why), .minedWithoutEffect(let b, let other)):
            a.block == b.block && a.cost == b.cost && why == other
        default: self == other
        }
    }
}
