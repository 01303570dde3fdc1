import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import KeeperTransactions

@Suite("Nonces and intents")
struct BindingTests {
    @Test("a form is durable, then watched, then sent")
    func order() throws {
        var rig = try Rig()
        rig.block([Rig.wish()])
        let kinds = rig.actions.map(\.kind)
        let persist = try #require(kinds.lastIndex(of: .persist))
        let watch = try #require(kinds.firstIndex(of: .watch))
        let broadcast = try #require(kinds.firstIndex(of: .broadcast))
        #expect(persist < watch && watch < broadcast)
        #expect(kinds.count { $0 == .broadcast } == 1)
        let order = try #require(rig.orders.first)
        #expect(order.nonce == 5 && order.purpose == .intent && order.key == IntentKey(id: Rig.wish().id, attempt: 1))
        #expect(rig.machine.watched == rig.broadcasts)
    }

    @Test("a wish that is repeated is one intent; another waits for its turn")
    func once() throws {
        var rig = try Rig()
        for _ in 0..<3 { rig.block([Rig.wish(), Rig.wish(2)]) }
        #expect(rig.orders.map(\.nonce).allSatisfy { $0 == 5 })
        #expect(rig.machine.state.bindings.count == 1 && rig.machine.state.wanted.map(\.key.id.epoch) == [2])
        #expect(rig.news.contains(.deferred(.inFlight)))
        rig.mine(try #require(rig.binding).latest.hash)
        rig.block([Rig.wish(2)])
        #expect(rig.machine.state.bindings.map(\.nonce) == [5, 6])
    }

    @Test("several in flight have nonces in a row")
    func several() throws {
        var rig = try Rig { $0.maxInFlight = 3 }
        for _ in 0..<3 { rig.block((1...5).map { Rig.wish($0) }) }
        #expect(rig.machine.state.bindings.map(\.nonce) == [5, 6, 7])
    }

    @Test("when the store fails, nothing is sent; a later head tries again")
    func storeFails() throws {
        var rig = try Rig()
        rig.storeWorks = false
        rig.block([Rig.wish()])
        rig.block([Rig.wish()])
        #expect(rig.broadcasts.isEmpty && rig.alerts.contains(.store("full")))
        rig.storeWorks = true
        rig.block([Rig.wish()])
        #expect(rig.broadcasts.count == 1)
    }

    @Test("what was certainly not sent gives its nonce back when nobody wants it")
    func released() throws {
        var rig = try Rig()
        rig.verdict = .neverSent
        rig.block([Rig.wish()])
        #expect(rig.machine.phase(of: IntentKey(id: Rig.wish().id, attempt: 1)) == .bound)
        rig.block([])
        #expect(rig.machine.state.bindings.isEmpty && rig.records.contains(.released(nonce: 5)))
    }

    @Test(
        "a lost reply counts as sent: the nonce is cancelled, not given back",
        arguments: [BroadcastVerdict.noAnswer, .refused(.poolFull)])
    func lostReply(verdict: BroadcastVerdict) throws {
        var rig = try Rig()
        rig.verdict = verdict
        rig.block([Rig.wish()])
        let first = try #require(rig.binding).latest
        for _ in 0..<3 { rig.block([]) }
        let cancel = try #require(rig.orders.last)
        #expect(cancel.purpose == .cancel(.satisfiedByOther) && cancel.nonce == 5)
        let transaction = cancel.transaction.transaction
        #expect(transaction.recipient == Rig.account && transaction.gasLimit == 21_000 && transaction.value == .zero)
        #expect(transaction.data.isEmpty)
        #expect(cancel.offer.caps.maxFeePerGas.rawValue * 10 >= first.caps.maxFeePerGas.rawValue * 11)
        #expect(cancel.offer.caps.maxPriorityFeePerGas.rawValue * 10 >= first.caps.maxPriorityFeePerGas.rawValue * 11)
        // Whichever is mined decides.
        rig.mine(first.hash)
        rig.becomeFinal()
        guard case .minedWithEffect(let mined)? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
        #expect(mined.hash == first.hash && rig.outcomes.count == 1)
    }

    @Test("a mined cancel ends the intent with the cancel's cause")
    func cancelled() throws {
        var rig = try Rig()
        rig.block([Rig.wish(deadline: 1_000_000)])
        rig.block([])
        let cancel = try #require(rig.binding).latest
        #expect(cancel.purpose == .cancel(.expired))
        rig.mine(cancel.hash)
        rig.becomeFinal()
        #expect(rig.outcomes == [.expired] && rig.machine.isIdle)
    }

    @Test("after a restart every form may have been sent, and all are watched")
    func restart() throws {
        var rig = try Rig()
        rig.verdict = nil
        rig.block([Rig.wish()])
        for _ in 0..<6 { rig.block([Rig.wish()]) }
        let forms = try #require(rig.binding).forms
        #expect(forms.count > 1)
        try rig.restart()
        guard case .watch(let hashes)? = rig.actions.first else { return #expect(Bool(false), "\(rig.actions)") }
        #expect(hashes == forms.map(\.hash))
        rig.block([])
        #expect(!rig.records.contains(.released(nonce: 5)))
        // The oldest of them is the one that was mined.
        rig.mine(forms[0].hash)
        rig.becomeFinal()
        guard case .minedWithEffect(let mined)? = rig.outcomes.first else { return #expect(Bool(false), "\(rig.outcomes)") }
        #expect(mined.hash == forms[0].hash)
    }
}
