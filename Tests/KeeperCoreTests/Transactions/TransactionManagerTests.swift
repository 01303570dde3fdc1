import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import KeeperTransactions
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Transaction manager")
struct TransactionManagerTests {
    @Test("what is wished is signed, durable, and sent to the nodes, in one tick; the next one adds nothing")
    func sends() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            let reports = try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
            let hash = try #require(fixture.hashes.first)
            guard case .sent(nonce: 5, hash: hash, .intent, _)? = reports.first?.news else {
                Issue.record("expected a report of what was sent, got \(reports)")
                return
            }
            _ = try await manager.tick([ManagerFixture.wish()], at: fixture.head(101))
            #expect(fixture.hashes == [hash])
            #expect(fixture.state.withLock { $0.durable } == [1])
            let envelope = try TransactionEnvelope(decoding: fixture.state.withLock { $0.sent[0] })
            #expect(try envelope.sender() == ManagerFixture.key.address && envelope.hash == hash)
        }
    }

    @Test("the outcome is in the store with its line of the journal once it is final, and reported after that")
    func outcome() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
            let hash = try #require(fixture.hashes.first)
            fixture.mine(hash, in: fixture.head(101))
            let mined = try await manager.tick([], at: fixture.head(101))
            #expect(mined.map(\.news) == [.mined(hash, block: 101, .intent)])
            #expect(fixture.finals.isEmpty)
            fixture.state.withLock { $0.final = 103 }
            let final = try await manager.tick([], at: fixture.head(110)).map(\.news)
            #expect(final.contains { if case .final(.minedWithEffect) = $0 { true } else { false } })
            #expect(manager.status.isIdle && fixture.finals.count == 1)
            let line = try #require(fixture.finals.first)
            #expect(line["kind"]?.string == "final" && line["attempt"]?.uint64 == 1 && line["block"]?.uint64 == 110)
            #expect(line["outcome"]?["minedWithEffect"] != nil)
        }
    }

    @Test("a cancel that an operator orders passes the policy before the key: its nonce is bound")
    func cancels() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            let wish = ManagerFixture.wish()
            try await manager.tick([wish], at: fixture.head(100))
            try await manager.order(.cancel(IntentKey(id: wish.id, attempt: 1)))
            try await manager.tick([wish], at: fixture.head(101))
            let sent = try fixture.state.withLock { $0.sent }.map { try TransactionEnvelope(decoding: $0).unsigned.transaction }
            #expect(sent.map(\.nonce) == [5, 5], "\(sent)")
            #expect(sent.map(\.recipient) == [ManagerFixture.target, ManagerFixture.key.address])
            #expect(!fixture.alerts.contains { if case .signer = $0 { true } else { false } }, "\(fixture.alerts)")
        }
    }

    @Test("a write that fails for certain is tried again; nothing is sent before")
    func storeFails() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            fixture.state.withLock { $0.storeFailure = StoreError(.failed, "disk full") }
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
            #expect(fixture.hashes.isEmpty && fixture.alerts.contains(.store("disk full")))
            fixture.state.withLock { $0.storeFailure = nil }
            for number in 101...102 as ClosedRange<UInt64> {
                try await manager.tick([ManagerFixture.wish()], at: fixture.head(number))
            }
            #expect(fixture.hashes.count == 1)
        }
    }

    @Test("where nobody knows whether a write is durable, the manager ends and says so; nothing is sent")
    func storeUncertain() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        fixture.state.withLock { $0.storeFailure = StoreError(.notCertain, "no answer") }
        let run = Task { try await manager.run() }
        let told = await #expect(throws: ManagerError.self) {
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
        }
        let ended = await #expect(throws: ManagerError.self) { try await run.value }
        #expect(told?.code == .uncertain && ended?.code == .uncertain)
        #expect(fixture.hashes.isEmpty)
        let after = await #expect(throws: ManagerError.self) { try await manager.tick([], at: fixture.head(101)) }
        #expect(after?.code == .stopped)
    }

    @Test("records that contradict each other, or another account's signer: no start")
    func refuses() throws {
        let fixture = try ManagerFixture()
        try fixture.store.append([.released(nonce: 7)], of: fixture.account, journal: [])
        #expect(throws: ManagerError.self) { try fixture.manager() }
        let other = LocalSigner(try PrivateKey([UInt8](repeating: 9, count: 32)))
        let error = #expect(throws: ManagerError.self) { try ManagerFixture().manager(signer: other) }
        #expect(error?.code == .wrongSigner(other.address))
    }

    @Test("it runs once; a tick after the end is refused, a tick before the beginning waits for it")
    func once() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        async let early = manager.tick([ManagerFixture.wish()], at: fixture.head(100))
        try await fixture.running(manager) {
            _ = try await manager.look(at: fixture.head(101))
            await #expect(throws: ManagerError.self) { try await manager.run() }
        }
        // Told before the drain or refused by it, never left waiting.
        _ = try? await early  // see above
        await #expect(throws: ManagerError.self) { try await manager.tick([], at: fixture.head(101)) }
        await #expect(throws: ManagerError.self) { try await manager.order(.resume) }
    }

    @Test("a signer that answers too late is not waited for, and what it answers is not used")
    func slowSigner() async throws {
        let fixture = try ManagerFixture()
        let clock = MockClock()
        let manager = try fixture.manager(signer: SlowSignerDouble(clock: clock), clock: RPCClock(clock))
        let executor = StepExecutor()
        let task = Task(executorPreference: executor) { try await manager.run() }
        let tick = Task(executorPreference: executor) {
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
        }
        executor.drain()
        for _ in 0..<8 {
            guard let next = clock.nextDeadline else { break }
            clock.advance(to: next)
            executor.drain()
        }
        _ = try await tick.value
        #expect(fixture.hashes.isEmpty)
        #expect(fixture.alerts.contains { if case .signer(let reason) = $0 { reason.contains("10.0 seconds") } else { false } })
        task.cancel()
        executor.drain()
        try await task.value
    }

    @Test("no connection to any node frees the nonce of what nobody wants any more; any other silence does not")
    func neverSent() async throws {
        for (code, isFree) in [(RPCError.Code.unreachable, true), (.connectionLost, false)] {
            let fixture = try ManagerFixture()
            fixture.state.withLock { $0.outcome = .noAnswer(RPCError(code, "silence")) }
            let manager = try fixture.manager()
            try await fixture.running(manager) {
                try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
                #expect(fixture.hashes.count == 1)
                try await manager.tick([], at: fixture.head(101))
                #expect(manager.status.state.bindings.isEmpty == isFree)
            }
        }
    }

    @Test("an operator's order is durable when it is answered")
    func orders() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            try await manager.tick([], at: fixture.head(100))
            try await manager.order(.pause(until: 9_999_999_999))
            #expect(try fixture.store.records(of: fixture.account).last == .paused(until: 9_999_999_999))
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(101))
            #expect(fixture.hashes.isEmpty)
        }
    }

    @Test("a process begins with what the one before left in flight")
    func restart() async throws {
        let fixture = try ManagerFixture()
        let first = try fixture.manager()
        try await fixture.running(first) { try await first.tick([ManagerFixture.wish()], at: fixture.head(100)) }
        let hash = try #require(fixture.hashes.first)
        fixture.mine(hash, in: fixture.head(101))
        fixture.state.withLock { $0.final = 103 }
        let second = try fixture.manager()
        try await fixture.running(second) {
            for number in 110...112 as ClosedRange<UInt64> {
                try await second.tick([ManagerFixture.wish()], at: fixture.head(number))
            }
            #expect(fixture.hashes.count == 1 && fixture.finals.count == 1)
        }
    }
}

/// Signs after a quarter of a minute.
private struct SlowSignerDouble: Signer {
    let clock: MockClock
    var address: Address { ManagerFixture.key.address }

    func sign(_ request: SigningRequest) async throws -> Signature {
        try await clock.sleep(until: clock.now.advanced(by: .seconds(15)))
        return try await ManagerFixture.key.sign(request)
    }
}
