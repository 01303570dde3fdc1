import KeeperTransactions
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Live executor in reorganisations")
struct LiveExecutorReorgTests {
    private let intent = LiveFixture.intent()

    /// An executor whose transaction was mined in block 101, and its hash.
    private func mined() async throws -> (LiveFixture, TransactionHash) {
        let live = try LiveFixture()
        let hash = try #require(await live.send(at: 100))
        live.chain.mine(hash, in: FakeChain.head(101))
        #expect(await live.settle(at: 101).first?.isComplete == true)
        return (live, hash)
    }

    @Test("a receipt that vanishes reopens the intent, which is never sent under another nonce")
    func vanished() async throws {
        let (live, hash) = try await mined()
        #expect(await live.execute(at: 102) == .alreadyDone(intent: intent.id))
        live.chain.orphan(hash)
        #expect(await live.settle(at: 102).isEmpty)
        #expect(await live.execute(at: 102) == .pending(intent: intent.id, hash: hash))
        // The account's nonce at the new head is what it was, or still the old one at a slow node: neither matters.
        for height in 103...109 as ClosedRange<UInt64> { _ = await live.execute(at: height) }
        #expect(Set(try live.chain.transactions.map { $0.nonce }) == [5])
        live.chain.mine(hash, in: FakeChain.head(110), isNew: false)
        #expect(await live.settle(at: 110).first?.isComplete == true)
        #expect(await live.execute(at: 111) == .alreadyDone(intent: intent.id))
    }

    @Test("mined again in another block, the effects are verified again")
    func minedElsewhere() async throws {
        let (live, hash) = try await mined()
        live.chain.mine(hash, in: FakeChain.head(102, fork: 1), emitters: [0], isNew: false)
        guard case .minedWithoutEffect(_, let mined, ["btc"])? = await live.settle(at: 102).first else {
            Issue.record("the new block was not looked at")
            return
        }
        #expect(mined.block == 102)
        #expect(await live.execute(at: 103) != .alreadyDone(intent: intent.id))
    }

    @Test("a node that does not answer is no reorganisation")
    func noAnswer() async throws {
        let (live, _) = try await mined()
        live.chain.state.withLock { $0.isDown = true }
        #expect(await live.settle(at: 102).isEmpty)
        live.chain.state.withLock { $0.isDown = false }
        #expect(await live.execute(at: 102) == .alreadyDone(intent: intent.id))
    }

    @Test("after the confirmations of the policy nobody asks any more")
    func confirmed() async throws {
        let (live, _) = try await mined()
        _ = await live.settle(at: 111)
        let before = live.node.count(of: "eth_getTransactionReceipt")
        _ = await live.settle(at: 112)
        #expect(live.node.count(of: "eth_getTransactionReceipt") == before)
    }

    @Test("undone below the confirmations it is in flight again, as soon as the keeper wants it again")
    func deep() async throws {
        let (live, hash) = try await mined()
        _ = await live.settle(at: 120)
        #expect(await live.execute(at: 120) == .alreadyDone(intent: intent.id))
        live.chain.orphan(hash)
        #expect(await live.settle(at: 121).isEmpty)
        #expect(await live.execute(at: 121) == .pending(intent: intent.id, hash: hash))
        live.chain.mine(hash, in: FakeChain.head(122), isNew: false)
        #expect(await live.settle(at: 122).first?.isComplete == true)
        #expect(await live.execute(at: 122) == .alreadyDone(intent: intent.id))
        #expect(Set(live.chain.hashes) == [hash])
    }
}
