import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import KeeperTransactions

@Suite("What the chain shows")
struct ChainTests {
    private let key = IntentKey(id: Rig.wish().id, attempt: 1)

    private func sent() throws -> (Rig, TransactionHash) {
        var rig = try Rig()
        rig.block([Rig.wish()])
        return (rig, try #require(rig.binding).latest.hash)
    }

    @Test("a receipt is news, its finality the outcome; the outcome is durable before it is reported")
    func mined() throws {
        var (rig, hash) = try sent()
        rig.mine(hash)
        rig.block([])
        #expect(rig.machine.phase(of: key) == .mined)
        #expect(rig.news.contains(.mined(hash, block: rig.number, .intent)) && rig.outcomes.isEmpty)
        rig.becomeFinal()
        #expect(rig.machine.phase(of: key) == .ended && rig.outcomes.count == 1)
        let persisted = try #require(
            rig.actions.lastIndex {
                if case .persist(let write) = $0, case .settled = write.records[0] { true } else { false }
            })
        let reported = try #require(
            rig.actions.firstIndex { if case .report(let report) = $0, case .final = report.news { true } else { false } })
        #expect(persisted < reported)
    }

    @Test("status 1 without the logs is no effect, and says what is missing", arguments: [true, false])
    func withoutEffect(succeeded: Bool) throws {
        var (rig, hash) = try sent()
        rig.mine(hash, effect: false, succeeded: succeeded)
        rig.becomeFinal()
        guard case .minedWithoutEffect(_, let shortfall)? = rig.outcomes.first else {
            return #expect(Bool(false), "\(rig.outcomes)")
        }
        #expect(shortfall == (succeeded ? .missing(["poke"]) : .reverted))
    }

    @Test("a wish mined without effect is tried again once it is confirmed, as often as it says")
    func again() throws {
        var (rig, hash) = try sent()
        rig.mine(hash, effect: false)
        rig.block([Rig.wish()])
        rig.block([Rig.wish()])
        #expect(rig.machine.state.bindings.count == 1)
        rig.block([Rig.wish()])
        #expect(rig.machine.state.bindings.map(\.key?.attempt) == [1, 2])
        rig.mine(try #require(rig.machine.state.bindings.last).latest.hash, effect: false)
        for _ in 0..<6 { rig.block([Rig.wish()]) }
        #expect(rig.machine.state.bindings.count == 2 && rig.alerts.contains(.triesUsed(Rig.wish().id)))
    }

    @Test("a fork puts a mined transaction back, and it goes out again")
    func fork() throws {
        var (rig, hash) = try sent()
        rig.mine(hash)
        rig.block([Rig.wish()])
        #expect(rig.machine.phase(of: key) == .mined)
        rig.receipts = [:]
        rig.nonce = 5
        rig.fork = 1
        rig.sighting = .absent
        let before = rig.broadcasts.count
        rig.block([Rig.wish()])
        #expect(rig.machine.phase(of: key) == .sent && rig.news.contains(.reorganised(hash)))
        #expect(rig.broadcasts.count == before + 1)
    }

    @Test("a used nonce without a receipt ends nothing until final blocks say whose it is")
    func used() throws {
        var (rig, hash) = try sent()
        rig.nonce = 6
        rig.sighting = .absent
        for _ in 0..<20 { rig.block([Rig.wish()]) }
        #expect(rig.machine.phase(of: key) == .used && rig.alerts.contains(.unexplained(nonce: 5)))
        #expect(!rig.actions.contains { $0.kind == .locate })
        rig.finalizedNonce = 6
        rig.block([Rig.wish()])
        #expect(rig.actions.contains { $0.kind == .locate })
        rig.tell(.located(nonce: 5, .unknown))
        rig.block([Rig.wish()])
        #expect(rig.machine.phase(of: key) == .used)
        // The index only lagged.
        rig.mine(hash)
        let receipt = try #require(rig.receipts[hash])
        rig.number += 20
        rig.tell(.saw(rig.view))
        var own = rig
        own.receipts = [:]
        own.tell(.located(nonce: 5, .own(receipt)))
        own.block([])
        #expect(own.outcomes.count == 1)
    }

    @Test("a nonce that somebody else used is given up when that is final, and the wish gets another")
    func foreign() throws {
        var (rig, _) = try sent()
        let other = Keccak256.hash([9])
        rig.nonce = 6
        rig.tell(.located(nonce: 5, .foreign(other)))
        rig.block([Rig.wish()])
        #expect(rig.machine.phase(of: key) == .used)
        rig.finalizedNonce = 6
        rig.tell(.saw(rig.view))
        rig.tell(.located(nonce: 5, .foreign(other)))
        rig.block([Rig.wish()])
        #expect(rig.records.contains(.displaced(nonce: 5, by: other)) && rig.alerts.contains(.foreign(nonce: 5, other)))
        #expect(rig.binding?.nonce == 6 && rig.binding?.key == key && rig.outcomes.isEmpty)
    }

    @Test("an older view changes nothing")
    func older() throws {
        var (rig, hash) = try sent()
        rig.mine(hash)
        rig.block([Rig.wish()])
        var view = rig.view
        view.head.number -= 3
        view.nonce = 5
        view.sightings[hash] = .absent
        let before = rig.actions.count
        rig.tell(.saw(view))
        #expect(rig.actions.count == before && rig.machine.phase(of: key) == .mined)
    }

    @Test("what was final stays so, whatever nodes show; that many of them show less is told")
    func undone() throws {
        var (rig, hash) = try sent()
        rig.mine(hash)
        rig.becomeFinal()
        #expect(rig.outcomes.count == 1 && rig.machine.state.floor == 6)
        rig.nonce = 5
        rig.finalizedNonce = 5
        rig.receipts = [:]
        for _ in 0..<16 { rig.block([]) }
        #expect(!rig.alerts.contains(.finalUndone(nonce: 5, floor: 6)))
        rig.block([])
        #expect(rig.alerts.contains(.finalUndone(nonce: 5, floor: 6)))
        #expect(rig.outcomes.count == 1 && rig.machine.state.floor == 6 && rig.machine.state.bindings.isEmpty)
    }

    @Test("a hash that a view does not tell of holds everything up but ends nothing")
    func unknown() throws {
        var (rig, hash) = try sent()
        for _ in 0..<5 {
            rig.number += 1
            var view = rig.view
            view.sightings[hash] = nil
            let before = rig.actions.count
            rig.tell(.saw(view))
            #expect(rig.actions.count == before)
        }
    }
}
