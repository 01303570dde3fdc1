import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import KeeperTransactions
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Effects in storage, read from nodes")
struct StorageEffectShellTests {
    private static let slot = StorageSlot(address: ManagerFixture.target, slot: Keccak256.hash([7]))
    private static let value = Keccak256.hash([8])
    private let hash = Keccak256.hash([1, 1])

    private static var wish: TransactionIntent {
        var wish = ManagerFixture.wish()
        wish.effects = [ExpectedEffect(name: "word", .word(ExpectedWord(slot, value: value)))]
        return wish
    }

    private func reading(_ fixture: ManagerFixture, at number: UInt64 = 100) -> ViewReading {
        ViewReading(
            head: fixture.head(number), account: ManagerFixture.key.address, finality: .tag, watched: [hash], isLegacy: false
        ) { receipts in receipts.map { WordPlace(block: $0.blockHash, slot: Self.slot) } }
    }

    private func view(_ fixture: ManagerFixture, _ node: ScriptedTransport) async throws -> ChainView {
        try await reading(fixture).view(from: NodeView("a", Provider(node)), HeadBranch()).0
    }

    @Test("a word is read by the hash of the receipt's block, not of the head's, and once")
    func pinned() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(90))
        fixture.state.withLock { $0.words = [0: B256(), 90: Self.value, 91: Keccak256.hash([9])] }
        let node = fixture.node
        let view = try await view(fixture, node)
        #expect(view.words == [WordPlace(block: fixture.head(90).hash, slot: Self.slot): .word(Self.value)])
        let asked = node.requests.filter { $0.method == "eth_getStorageAt" }.map(\.params)
        #expect(
            asked == [
                [
                    .string(Self.slot.address.hex), .string(Self.slot.slot.description),
                    .object(["blockHash": .string(fixture.head(90).hash.description)]),
                ]
            ])
    }

    @Test("where nothing is stated of storage, a view asks what it always asked")
    func unchanged() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(90))
        let (plain, worded) = (fixture.node, fixture.node)
        var reading = reading(fixture)
        _ = try await reading.view(from: NodeView("a", Provider(worded)), HeadBranch())
        reading.words = { _ in [] }
        _ = try await reading.view(from: NodeView("a", Provider(plain)), HeadBranch())
        #expect(plain.requests.map(\.method) == worded.requests.map(\.method).filter { $0 != "eth_getStorageAt" })
        #expect(worded.requests.count == plain.requests.count + 1)
    }

    @Test("a state that the node no longer has is gone; whatever else comes back is unread, and the view stands")
    func failures() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(90))
        for (message, reading) in [
            ("missing trie node 5f (path ) state 0x1 is not available", WordReading.gone),
            ("state at block #90 is pruned", .gone), ("header not found", .unread), ("internal error", .unread),
        ] {
            let node = ScriptedTransport { request in
                if request.method == "eth_getStorageAt" { throw ScriptedTransport.error(-32000, message) }
                return try fixture.answer(request)
            }
            let view = try await view(fixture, node)
            #expect(Array(view.words.values) == [reading], "\(message)")
            guard case .mined? = view.sightings[hash] else { throw Unexpected() }
        }
    }

    @Test("what the view's node cannot tell the others are asked for: gone is what none of them has")
    func others() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(90))
        fixture.state.withLock { $0.words = [90: Self.value] }
        func node(_ message: String?) -> ScriptedTransport {
            ScriptedTransport { request in
                if let message, request.method == "eth_getStorageAt" { throw ScriptedTransport.error(-32000, message) }
                return try fixture.answer(request)
            }
        }
        let (gone, failing, good) = ("missing trie node", "internal error", String?.none)
        for (own, other, expected) in [
            (gone, good, WordReading.word(Self.value)), (failing, good, .word(Self.value)), (gone, gone, .gone),
            (gone, failing, .unread), (failing, gone, .unread), (good, gone, .word(Self.value)),
        ] {
            let transports = [node(own), node(other)]
            let nodes = transports.indices.map { NodeView("node \($0)", Provider(transports[$0])) }
            let reading = reading(fixture)
            var view = try await reading.view(from: nodes[0], HeadBranch()).0
            await reading.askWords(of: nodes, besides: nodes[0], within: .seconds(5), .continuous, &view)
            #expect(Array(view.words.values) == [expected], "\(own ?? "good"), \(other ?? "good")")
            #expect(transports[1].count(of: "eth_getStorageAt") == (own == nil ? 0 : 1))
        }
    }

    @Test("read once, the word decides when the block is final and its state long forgotten", arguments: [true, false])
    func final(isThere: Bool) async throws {
        let fixture = try ManagerFixture()
        let node = fixture.node
        let manager = try fixture.manager([node])
        try await fixture.running(manager) {
            try await manager.tick([Self.wish], at: fixture.head(90))
            let hash = try #require(fixture.hashes.first)
            fixture.mine(hash, in: fixture.head(91))
            fixture.state.withLock { $0.words = isThere ? [91: Self.value, 92: B256()] : [92: Self.value] }
            for number in 91...95 as ClosedRange<UInt64> { try await manager.tick([], at: fixture.head(number)) }
            #expect(manager.status.isQuiet && node.count(of: "eth_getStorageAt") == 1)
            fixture.state.withLock { ($0.final, $0.oldestState) = (92, 92) }
            try await manager.tick([], at: fixture.head(110))
            let outcome = fixture.finals.first?["outcome"]
            #expect((outcome?["minedWithEffect"] != nil) == isThere)
            #expect(isThere || outcome?["minedWithoutEffect"]?["_1"]?["missing"]?["_0"] == ["word"])
            #expect(node.count(of: "eth_getStorageAt") == 1)
        }
    }

    @Test("unread, every head counts; forgotten before anybody read it, the outcome says so and its line too")
    func forgotten() async throws {
        let fixture = try ManagerFixture()
        let isBroken = Switch(true)
        let node = ScriptedTransport { request in
            if request.method == "eth_getStorageAt", isBroken.isOn { throw ScriptedTransport.error(-32000, "internal error") }
            return try fixture.answer(request)
        }
        let manager = try fixture.manager([node])
        let executor = ManagedExecutor(manager)
        try await fixture.running(manager) {
            try await manager.tick([Self.wish], at: fixture.head(90))
            let hash = try #require(fixture.hashes.first)
            fixture.mine(hash, in: fixture.head(91))
            for number in 91...99 as ClosedRange<UInt64> { try await manager.tick([], at: fixture.head(number)) }
            #expect(executor.needsEveryHead && fixture.alerts.contains(.effectUnread(nonce: 5)))
            fixture.state.withLock { $0.final = 92 }
            try await manager.tick([], at: fixture.head(100))
            #expect(fixture.finals.isEmpty)
            isBroken.isOn = false
            fixture.state.withLock { $0.oldestState = 92 }
            let reports = try await manager.tick([], at: fixture.head(101))
            #expect(fixture.finals.first?["outcome"]?["minedWithoutEffect"]?["_1"]?["unverified"]?["_0"] == ["word"])
            let outcomes = reports.compactMap { Outcome($0, [:]) }
            guard case .minedWithoutEffect(Self.wish.id, let mined, missing: ["word (not verified)"])? = outcomes.last else {
                Issue.record("expected an outcome, got \(outcomes)")
                return
            }
            #expect(mined.succeeded)
        }
    }

    private struct Unexpected: Error {}
}
