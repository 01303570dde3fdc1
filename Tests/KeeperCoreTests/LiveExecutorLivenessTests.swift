import KeeperTransactions
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperCore

/// Ways in which an executor could stand still for ever. None of them may.
@Suite("Live executor: going on")
struct LiveExecutorLivenessTests {
    private let intent = LiveFixture.intent()
    private let next = LiveFixture.intent(epoch: 7_200)

    @Test("a stuck transaction that nobody wants any more is still looked after, so that the next one gets its turn")
    func abandoned() async throws {
        let live = try LiveFixture()
        _ = await live.send(at: 100)
        for height in 101...200 as ClosedRange<UInt64> {
            _ = await live.settle(at: height)
            _ = await live.execute(next, at: height)
        }
        #expect(live.chain.hashes.count > 1)
    }

    @Test("a nonce that another transaction of the account has used frees the executor")
    func nonceTaken() async throws {
        let live = try LiveFixture()
        _ = await live.send(at: 100)
        live.chain.state.withLock { $0.nonce = 6 }
        for height in 101...120 as ClosedRange<UInt64> {
            _ = await live.settle(at: height)
            _ = await live.execute(at: height)
        }
        let transactions = try live.chain.transactions
        #expect(transactions.last?.nonce == 6)
    }

    @Test("after a restart the transaction in flight is known, and mined it counts")
    func restart() async throws {
        let live = try LiveFixture()
        let hash = try #require(await live.send(at: 100))
        // The first process still holds its log; the second one gets a copy of what is on disk.
        let copy = live.chain.journalPath + ".copy"
        try FileManager.default.copyItem(atPath: live.chain.journalPath, toPath: copy)
        let restarted = LiveExecutor(
            provider: Provider(live.node), signer: live.signer, chainID: 1337, policy: LiveFixture.policy,
            journal: try Journal(path: copy))
        live.chain.mine(hash, in: FakeChain.head(101))
        let outcomes = await restarted.settle(at: FakeChain.head(101))
        #expect(outcomes.first?.isComplete == true)
    }

    @Test("a transaction that vanished while another is open is not counted as done")
    func vanishedBehindAnother() async throws {
        let live = try LiveFixture()
        let hash = try #require(await live.send(at: 100))
        live.chain.mine(hash, in: FakeChain.head(101))
        _ = await live.settle(at: 101)
        _ = await live.execute(next, at: 101)
        live.chain.orphan(hash)
        _ = await live.settle(at: 102)
        let last = try #require(live.chain.hashes.last)
        live.chain.mine(last, in: FakeChain.head(103))
        _ = await live.settle(at: 103)
        _ = await live.settle(at: 104)
        let outcome = await live.execute(at: 104)
        #expect(outcome != .alreadyDone(intent: intent.id))
    }
}
