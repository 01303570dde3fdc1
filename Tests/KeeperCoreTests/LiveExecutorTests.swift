import KeeperTransactions
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperCore

@Suite("Live executor")
struct LiveExecutorTests {
    private let intent = LiveFixture.intent()

    @Test("signs what was wanted, and the journal holds the bytes durably before the node sees them")
    func persistBeforeBroadcast() async throws {
        let live = try LiveFixture()
        let outcome = await live.execute(at: 100)
        let transaction = try #require(try live.chain.transactions.first)
        #expect(outcome == .broadcast(intent: intent.id, nonce: 5, hash: live.chain.hashes[0], refusal: nil))
        #expect(transaction.nonce == 5 && transaction.chainID == 1337 && transaction.to == intent.to)
        #expect(transaction.data == [1, 2, 3, 4] && transaction.gasLimit == 100_000 && transaction.value == .zero)
        #expect(transaction.maxFeePerGas == .gwei(10) && transaction.maxPriorityFeePerGas == .gwei(1))
        #expect(live.chain.state.withLock { $0.journalled } == [true])
        let envelope = try TransactionEnvelope(decoding: live.chain.state.withLock { $0.sent[0] })
        #expect(try envelope.sender() == live.signer.address)
    }

    @Test("balance and nonce are read at the head's hash")
    func pinnedReads() async throws {
        let live = try LiveFixture()
        _ = await live.execute(at: 100)
        let reads = live.node.requests.filter { $0.method == "eth_getBalance" || $0.method == "eth_getTransactionCount" }
        #expect(reads.count == 2)
        #expect(reads.allSatisfy { $0.params.last?["blockHash"]?.string == FakeChain.head(100).hash.description })
    }

    @Test(
        "a lost or refused reply changes nothing: the hash is watched, no second nonce is used",
        arguments: [FakeChain.Reply.lost, .refused])
    func lostReply(_ reply: FakeChain.Reply) async throws {
        let live = try LiveFixture()
        live.chain.state.withLock { $0.reply = reply }
        let hash = try #require(await live.send(at: 100))
        #expect(await live.execute(at: 101) == .pending(intent: intent.id, hash: hash))
        #expect(await live.settle(at: 101).isEmpty)
        live.chain.mine(hash, in: FakeChain.head(102))
        let outcomes = await live.settle(at: 102)
        guard case .minedWithEffect(intent.id, let mined)? = outcomes.first else {
            Issue.record("expected a mined transaction, got \(outcomes)")
            return
        }
        #expect(outcomes.count == 1)
        #expect(mined.hash == hash && mined.block == 102 && mined.succeeded && mined.gasUsed == 80_000)
        #expect(mined.actual == .gwei(480_000) && mined.expected == .gwei(480_000) && mined.reserved == .gwei(1_000_000))
        #expect(await live.execute(at: 103) == .alreadyDone(intent: intent.id))
        #expect(try live.chain.transactions.map { $0.nonce } == [5])
    }

    @Test(
        "an unmined transaction is replaced after the blocks of the policy, both caps at least 10 % higher, under the same nonce")
    func bump() async throws {
        let live = try LiveFixture()
        let first = try #require(await live.send(at: 100))
        for height in [101, 102] as [UInt64] {
            #expect(await live.tick(at: height) == .pending(intent: intent.id, hash: first))
        }
        let second = try #require(await live.send(at: 103))
        let third = try #require(await live.send(at: 106))
        #expect(Set([first, second, third]).count == 3)
        let transactions = try live.chain.transactions
        #expect(transactions.map { $0.nonce } == [5, 5, 5])
        for (old, new) in zip(transactions, transactions.dropFirst()) {
            #expect(new.maxFeePerGas.rawValue * 10 >= old.maxFeePerGas.rawValue * 11)
            #expect(new.maxPriorityFeePerGas.rawValue * 10 >= old.maxPriorityFeePerGas.rawValue * 11)
            #expect(new.to == old.to && new.data == old.data && new.gasLimit == old.gasLimit)
        }
        #expect(live.chain.state.withLock { $0.journalled } == [true, true, true])
        // Whichever is mined counts, the first as well.
        live.chain.mine(first, in: FakeChain.head(107))
        #expect(await live.settle(at: 107).first?.isComplete == true)
    }

    @Test("a replacement follows the market when that is dearer")
    func market() async throws {
        let live = try LiveFixture()
        _ = await live.send(at: 100)
        _ = await live.tick(LiveFixture.intent(fee: .gwei(25), priority: .gwei(4)), at: 102)
        _ = await live.tick(LiveFixture.intent(fee: .gwei(25), priority: .gwei(4)), at: 103)
        let last = try #require(try live.chain.transactions.last)
        #expect(last.maxFeePerGas == .gwei(25) && last.maxPriorityFeePerGas == .gwei(4) && last.nonce == 5)
    }

    @Test("at the cap the same bytes are sent again, not more often than replacements would be")
    func capReached() async throws {
        var policy = LiveFixture.policy
        policy.maxFeePerGas = .gwei(11)
        let live = try LiveFixture(policy: policy)
        let hash = try #require(await live.send(at: 100))
        for height in 101...106 as ClosedRange<UInt64> {
            #expect(await live.tick(at: height) == .pending(intent: intent.id, hash: hash))
        }
        #expect(live.chain.hashes == [hash, hash, hash])
    }

    @Test("no replacement may reserve more than maxSpendPerTransaction")
    func spendCap() async throws {
        var policy = LiveFixture.policy
        policy.maxSpendPerTransaction = .gwei(1_100_000)
        let live = try LiveFixture(policy: policy)
        let hash = try #require(await live.send(at: 100))
        #expect(await live.tick(at: 103) == .pending(intent: intent.id, hash: hash))
        #expect(live.chain.hashes == [hash, hash])
    }

    @Test("a missing effect is named, and after maxAttempts nothing more is sent in this epoch")
    func missingEffect() async throws {
        let live = try LiveFixture()
        for attempt in 0..<2 as Range<UInt64> {
            let hash = try #require(await live.send(at: 100 + attempt * 2))
            live.chain.mine(hash, in: FakeChain.head(101 + attempt * 2), emitters: [0])
            let outcomes = await live.settle(at: 101 + attempt * 2)
            guard case .minedWithoutEffect(intent.id, let mined, let missing)? = outcomes.first else {
                Issue.record("expected a missing effect, got \(outcomes)")
                return
            }
            #expect(missing == ["btc"] && mined.succeeded)
        }
        #expect(await live.execute(at: 105) == .refused(intent: intent.id, reason: "all 2 attempts of this slot are used"))
        #expect(try live.chain.transactions.map { $0.nonce } == [5, 6])
        // The next epoch starts anew.
        guard case .broadcast(_, 7, _, _) = await live.execute(LiveFixture.intent(epoch: 7_200), at: 105) else {
            Issue.record("the next epoch is blocked")
            return
        }
    }

    @Test("a transaction that failed has none of its effects")
    func failed() async throws {
        let live = try LiveFixture()
        let hash = try #require(await live.send(at: 100))
        live.chain.mine(hash, in: FakeChain.head(101), succeeds: false, emitters: [])
        guard case .minedWithoutEffect(_, let mined, ["eth", "btc"])? = await live.settle(at: 101).first else {
            Issue.record("a failed transaction counts as complete")
            return
        }
        #expect(!mined.succeeded)
    }

    @Test("while one intent is open another waits; afterwards it goes, under the next nonce")
    func deferred() async throws {
        let live = try LiveFixture()
        let other = LiveFixture.intent(target: "other")
        let hash = try #require(await live.send(at: 100))
        #expect(await live.execute(other, at: 101) == .deferred(intent: other.id, by: intent.id))
        live.chain.mine(hash, in: FakeChain.head(102))
        _ = await live.settle(at: 102)
        guard case .broadcast(other.id, 6, _, _) = await live.execute(other, at: 102) else {
            Issue.record("the other intent is not sent")
            return
        }
    }

    @Test("actions that are no transactions are noted")
    func otherActions() async throws {
        let live = try LiveFixture()
        let alert = Action.alert(Alert(key: "k", severity: .page, text: "t"))
        #expect(await live.executor.execute(alert, at: FakeChain.head(1)) == .noted)
        #expect(live.node.requests.isEmpty)
    }
}

extension Outcome {
    /// Mined with all effects.
    var isComplete: Bool {
        if case .minedWithEffect = self { true } else { false }
    }
}
