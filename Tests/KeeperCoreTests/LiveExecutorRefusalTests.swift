import KeeperTransactions
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Live executor: what it does not send")
struct LiveExecutorRefusalTests {
    private let intent = LiveFixture.intent()

    private func isRefused(_ outcome: Outcome, _ words: String...) -> Bool {
        guard case .refused(intent.id, let reason) = outcome else { return false }
        return words.allSatisfy(reason.contains)
    }

    @Test("a balance below the reserve is refused by one wei, and nothing is signed")
    func balance() async throws {
        let live = try LiveFixture()
        live.chain.state.withLock { $0.balance = intent.reserved - Wei(1) }
        #expect(isRefused(await live.execute(at: 100), "\(live.signer.address)", "reserves"))
        #expect(live.node.count(of: "eth_sendRawTransaction") == 0)
        #expect(try TemporaryFile.bytes(live.chain.journalPath).isEmpty)
        live.chain.state.withLock { $0.balance = intent.reserved }
        #expect(await live.send(at: 101) != nil)
    }

    /// Waits for ever.
    private struct SilentSigner: Signer {
        let address: Address
        func sign(_ request: SigningRequest) async throws -> Signature {
            try await MockClock().sleep(until: .init(offset: .seconds(1)))
            throw CancellationError()
        }
    }

    @Test("a signer that gives no signature in time is not waited for, and nothing is written down")
    func silentSigner() async throws {
        let live = try LiveFixture()
        let clock = MockClock()
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        let executor = LiveExecutor(
            provider: Provider(live.node), signer: SilentSigner(address: live.signer.address), chainID: 1337,
            policy: LiveFixture.policy, journal: try Journal(path: path), clock: RPCClock(clock))
        async let outcome = executor.execute(.transact(intent), at: FakeChain.head(100))
        let limit = await clock.nextSleeper()
        #expect(limit.offset == .seconds(10))
        clock.advance(to: limit)
        #expect(isRefused(await outcome, "the signer gave no signature within 10.0 seconds"))
        #expect(!executor.needsEveryHead && live.node.count(of: "eth_sendRawTransaction") == 0)
        #expect(try TemporaryFile.bytes(path).isEmpty)
    }

    @Test("what the policy refuses reaches no node")
    func policy() async throws {
        var policy = LiveFixture.policy
        policy.maxGasLimit = 99_999
        let live = try LiveFixture(policy: policy)
        #expect(isRefused(await live.execute(at: 100), "gas limit"))
        #expect(live.node.requests.isEmpty)
    }

    @Test("costs of the last 24 hours count against the day's spending")
    func daily() async throws {
        var policy = LiveFixture.policy
        policy.maxSpendPerDay = .gwei(1_400_000)
        let live = try LiveFixture(policy: policy)
        let hash = try #require(await live.send(at: 100))
        live.chain.mine(hash, in: FakeChain.head(101))
        _ = await live.settle(at: 101)
        let next = LiveFixture.intent(epoch: 7_200)
        guard case .refused(next.id, let reason) = await live.execute(next, at: 102) else {
            Issue.record("the day's spending is not counted")
            return
        }
        #expect(reason.contains("maxSpendPerDay"))
        guard case .broadcast = await live.execute(next, at: 101 + 7_200) else {  // 86,400 s later
            Issue.record("spending of yesterday counts")
            return
        }
    }

    @Test("without answers about balance and nonce nothing is sent; the next head tries again")
    func nodeDown() async throws {
        let live = try LiveFixture()
        live.chain.state.withLock { $0.isDown = true }
        #expect(isRefused(await live.execute(at: 100), "no connection"))
        live.chain.state.withLock { $0.isDown = false }
        #expect(await live.send(at: 101) != nil)
    }

    /// Signs with another key than it says.
    private struct ForeignSigner: Signer {
        let address: Address
        let other: LocalSigner
        func sign(_ request: SigningRequest) async throws -> Signature { try await other.sign(request) }
    }

    @Test("a signature of another account is never sent nor journalled")
    func foreignSignature() async throws {
        let live = try LiveFixture()
        let signer = ForeignSigner(
            address: live.signer.address, other: LocalSigner(try PrivateKey([UInt8](repeating: 8, count: 32))))
        let journal = live.chain.journalPath + ".foreign"
        defer { TemporaryFile.remove(journal) }
        let executor = LiveExecutor(
            provider: Provider(live.node), signer: signer, chainID: 1, policy: LiveFixture.policy,
            journal: try Journal(path: journal))
        #expect(isRefused(await executor.execute(.transact(intent), at: FakeChain.head(1)), "signature"))
        #expect(live.chain.hashes.isEmpty)
        #expect(try TemporaryFile.bytes(journal).isEmpty)
    }
}
