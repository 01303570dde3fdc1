import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import KeeperTransactions

@Suite("The hand on the wheel, and a new store")
struct OperatorTests {
    private let key = IntentKey(id: Rig.wish().id, attempt: 1)

    @Test("an intent that is recalled is cancelled, and stays so after a restart")
    func recalled() throws {
        var rig = try Rig()
        rig.verdict = .noAnswer
        rig.block([Rig.wish()])
        rig.tell(.ordered(.cancel(key)))
        #expect(rig.records.contains(.recalled(key)))
        try rig.restart()
        rig.block([Rig.wish()])
        #expect(try #require(rig.binding).latest.purpose == .cancel(.ordered))
        rig.mine(try #require(rig.binding).latest.hash)
        rig.becomeFinal([Rig.wish()])
        #expect(rig.outcomes == [.cancelled(.ordered)])
        rig.block([Rig.wish()])
        #expect(rig.machine.isIdle, "it is not tried again")
    }

    @Test("a pause gives out no new nonce until its end, also after a restart; what is out is looked after")
    func paused() throws {
        var rig = try Rig { $0.maxInFlight = 2 }
        rig.block([Rig.wish(1)])
        rig.tell(.ordered(.pause(until: rig.head.timestamp + 120)))
        try rig.restart()
        for _ in 0..<9 { rig.block([Rig.wish(1), Rig.wish(2)]) }
        #expect(rig.machine.state.bindings.count == 1 && rig.news.contains(.deferred(.paused)))
        #expect(try #require(rig.binding).forms.count > 1)
        for _ in 0..<3 { rig.block([Rig.wish(1), Rig.wish(2)]) }
        #expect(rig.machine.state.bindings.count == 2)
    }

    @Test("a bump that is ordered does not wait")
    func bump() throws {
        var rig = try Rig { $0.bumpAfterBlocks = 50 }
        rig.block([Rig.wish()])
        rig.block([Rig.wish()])
        #expect(try #require(rig.binding).forms.count == 1)
        rig.tell(.ordered(.bump(5)))
        #expect(try #require(rig.binding).forms.count == 2)
    }

    @Test("an empty store gives out no nonce before the account's history is final and quiet")
    func adoption() throws {
        var rig = try Rig(records: [])
        for _ in 0..<12 { rig.block([Rig.wish()]) }
        #expect(rig.orders.isEmpty && rig.news.contains(.deferred(.adoption)))
        for _ in 0..<2 { rig.block([Rig.wish()]) }
        #expect(rig.orders.map(\.nonce) == [5])
    }

    @Test("pending transactions of unknown content are waited for, with an alert, and not for ever")
    func pending() throws {
        var rig = try Rig(records: [])
        for _ in 0..<19 {
            rig.number += 1
            var view = rig.view
            view.pendingNonce = 7
            rig.tell(.saw(view))
            rig.tell(.wished([Rig.wish()], at: rig.head))
        }
        #expect(rig.orders.isEmpty && rig.alerts.contains(.pendingUnknown(confirmed: 5, pending: 7)))
        for _ in 0..<3 {
            rig.number += 1
            var view = rig.view
            view.pendingNonce = 7
            rig.tell(.saw(view))
            rig.tell(.wished([Rig.wish()], at: rig.head))
        }
        #expect(rig.alerts.contains(.adoptedRegardless(nonce: 5)))
        #expect(rig.orders.map(\.nonce) == [5], "the confirmed nonce: at most one of the two is mined")
    }

    @Test("an operator vouches for a new key")
    func adopted() throws {
        var rig = try Rig(records: [])
        rig.block([Rig.wish()])
        rig.tell(.ordered(.adopt))
        #expect(rig.orders.map(\.nonce) == [5])
    }

    @Test("a nonce below others of ours that nobody takes is filled")
    func hole() throws {
        var rig = try Rig()
        rig.nonce = 6
        rig.block([Rig.wish()])
        #expect(rig.binding?.nonce == 6)
        // A fork takes somebody else's transaction back, for good.
        rig.nonce = 5
        for _ in 0..<8 { rig.block([Rig.wish()]) }
        let filler = try #require(rig.machine.state.bindings.first)
        #expect(filler.nonce == 5 && filler.key == nil && filler.latest.purpose == .fill)
        #expect(rig.alerts.contains(.filling(nonce: 5)))
        rig.mine(filler.latest.hash)
        rig.becomeFinal([Rig.wish()])
        #expect(rig.machine.state.bindings.map(\.nonce) == [6])
    }
}
