import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import KeeperTransactions
import Synchronization
import Testing

@testable import KeeperCore

@Suite("What a transaction manager never does")
struct ManagerPromiseTests {
    /// Forms in the store.
    private static func forms(_ fixture: ManagerFixture) throws -> Int {
        try fixture.store.records(of: fixture.account).count { if case .signed = $0 { true } else { false } }
    }

    private static func isRefused(_ fixture: ManagerFixture, _ words: String) -> Bool {
        fixture.alerts.contains { if case .signer(let reason) = $0 { reason.contains(words) } else { false } }
    }

    @Test("what the policy refuses reaches neither the store nor a node, and people are told why")
    func policy() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            var wish = ManagerFixture.wish()
            wish.to = Address(lowBytesOf: Keccak256.hash([9]))
            for number in 100...104 as ClosedRange<UInt64> { try await manager.tick([wish], at: fixture.head(number)) }
            #expect(fixture.hashes.isEmpty)
            #expect(try Self.forms(fixture) == 0)
            #expect(Self.isRefused(fixture, "not signed: to: expected"), "\(fixture.alerts)")
        }
    }

    /// Says that it is the account, and signs with another key.
    private struct Impostor: Signer {
        let key = LocalSigner(PrivateKey.random())
        var address: Address { ManagerFixture.key.address }
        func sign(_ request: SigningRequest) async throws -> Signature { try await key.sign(request) }
    }

    @Test("a signature of another account is neither stored nor sent")
    func impostor() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager(signer: Impostor())
        try await fixture.running(manager) {
            for number in 100...104 as ClosedRange<UInt64> {
                try await manager.tick([ManagerFixture.wish()], at: fixture.head(number))
            }
            #expect(fixture.hashes.isEmpty)
            #expect(try Self.forms(fixture) == 0)
            #expect(Self.isRefused(fixture, "answered with a signature of"), "\(fixture.alerts)")
        }
    }

    @Test("mined again in another block, the effects are verified again")
    func minedAgain() async throws {
        let fixture = try ManagerFixture()
        let manager = try fixture.manager()
        try await fixture.running(manager) {
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
            let hash = try #require(fixture.hashes.first)
            fixture.mine(hash, in: fixture.head(101))
            try await manager.tick([], at: fixture.head(101))
            fixture.unmine(hash, in: fixture.head(101))
            let news = try await manager.tick([ManagerFixture.wish()], at: fixture.head(102)).map(\.news)
            #expect(news.contains(.reorganised(hash)))
            fixture.mine(hash, in: fixture.head(103), effect: false)
            try await manager.tick([], at: fixture.head(103))
            fixture.state.withLock { $0.final = 104 }
            let last = try await manager.tick([], at: fixture.head(110)).map(\.news)
            guard case .final(.minedWithoutEffect(let mined, .missing(["poke"])))? = last.last else {
                Issue.record("expected the effect to be missing, got \(last)")
                return
            }
            let nonces = try fixture.state.withLock { $0.sent }.map {
                try TransactionEnvelope(decoding: $0).unsigned.transaction.nonce
            }
            #expect(mined.block == 103 && Set(nonces) == [5], "never under another nonce")
        }
    }

    @Test("a balance one wei below the reserve: nothing is signed")
    func balance() async throws {
        let fixture = try ManagerFixture()
        let rich = try fixture.manager()
        try await fixture.running(rich) { try await rich.tick([ManagerFixture.wish()], at: fixture.head(100)) }
        let reserve = try #require(rich.status.state.bindings.first).reserve
        for (balance, sends) in [(reserve - Wei(1), 0), (reserve, 1)] {
            let fixture = try ManagerFixture()
            fixture.state.withLock { $0.balance = balance }
            let manager = try fixture.manager()
            try await fixture.running(manager) {
                let news = try await manager.tick([ManagerFixture.wish()], at: fixture.head(100)).map(\.news)
                #expect(fixture.hashes.count == sends && news.contains(.deferred(.balance)) == (sends == 0), "\(news)")
            }
        }
    }

    @Test("after the outcome nobody asks for the transaction any more")
    func over() async throws {
        let fixture = try ManagerFixture()
        let node = fixture.node
        let manager = try fixture.manager([node])
        @Sendable func asked() -> Int { node.requests.count { $0.method == "eth_getTransactionReceipt" } }
        try await fixture.running(manager) {
            try await manager.tick([ManagerFixture.wish()], at: fixture.head(100))
            fixture.mine(try #require(fixture.hashes.first), in: fixture.head(101))
            fixture.state.withLock { $0.final = 103 }
            try await manager.tick([], at: fixture.head(110))
            #expect(manager.status.isIdle && asked() == 1)
            for number in 111...115 as ClosedRange<UInt64> { try await manager.tick([], at: fixture.head(number)) }
            #expect(asked() == 1)
        }
    }
}
