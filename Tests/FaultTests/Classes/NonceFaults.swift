import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTestServer
import KeeperTransactions

/// Nonces that others use, and fees that rise and fall.
enum NonceFaults {
    static let all: [FaultClass] = [
        tooLow,
        FaultClass(
            "another transaction takes the nonce of one that was accepted",
            .alone(.told(.foreign(ChainWorld.firstNonce)), atMost: 46) {
                Story.odd(.init()).stepping([
                    Story.due, { $0.world.mineOutsider() }, Story.next, Story.next, Story.next, Story.next, Story.next,
                ])
            }.also(usesBoth)),
        FaultClass(
            "stale pending nonce",
            .beside(atMost: Calm.pair) { .odd(.init(hasStalePending: true), .init(hasStalePending: true)) }.also { account in
                let asked = account.requests.joined().flatMap(\.calls).contains { $0.params.contains("pending") }
                return asked ? "the pending nonce was asked" : nil
            }),
        FaultClass(
            "stuck below the price: 10 % more is taken, 9.9 % is not",
            .alone(.done(transactions: 2, "replaced at its nonce"), atMost: 53) { Story.odd(.init()).stepping(stuck) }
                .also { account in
                    account.refusals.isEmpty ? Self.ruleProblem : "refused: \(account.refusals)"
                }),
        FaultClass(
            "stuck at the fee cap, then the price falls",
            .alone(.done(transactions: 2, "raised once, then the same bytes once more"), atMost: 80) {
                var story = Story.odd(.init()).stepping(
                    [Story.due] + Array(repeating: dear, count: 9) + [cheap, Story.next, Story.next, Story.next])
                story.policy.maxFeePerGas = .gwei(10)
                return story
            }.also { account in
                let caps = account.sent.compactMap { account.world.transaction($0)?.maxFeePerGas }
                return account.sends[0].count == 3 && account.alerts == [.atCap(nonce: ChainWorld.firstNonce)]
                    && caps.allSatisfy { $0 <= .gwei(10) }
                    ? nil : "sent \(account.sends[0].count) times at \(caps), alerts: \(account.alerts)"
            }),
        FaultClass(
            "dropped from the pool",
            .alone(.done(transactions: 1, "same bytes once more"), atMost: 43) {
                Story.odd(.init()).stepping([
                    Story.due,
                    { stage in
                        stage.world.drop()
                        stage.nodes[0].forget()
                        stage.world.mine()
                    }, Story.next, Story.next, Story.next, Story.next, Story.next,
                ])
            }),
    ]

    /// The nonce is used by a transaction that the node knows of and the keeper does not.
    private static let tooLow: FaultClass = {
        var faultClass = FaultClass("nonce too low, \(NonceWordings.tooLow.count) wordings")
        faultClass.acts = NonceWordings.tooLow.map { wording in
            .alone(.told(.foreign(ChainWorld.firstNonce)), atMost: 46) {
                Story.odd(.init(refusal: (wording.refusal, takes: false))).stepping([
                    Story.due,
                    { stage in
                        stage.nodes[0].change { $0.refusal = nil }
                        stage.world.mineOutsider()
                    }, Story.next, Story.next, Story.next, Story.next, Story.next,
                ])
            }.also(usesBoth).also { account in
                account.refusals.contains { $0.contains(wording.refusal.message) }
                    ? wording.problem : "nobody was told of \(wording)"
            }
        }
        return faultClass
    }()

    /// Nobody mines what waits, until the price falls.
    private static let stuck: [Story.Step] = [
        Story.due, dear, dear, dear, dear, cheap, Story.next, Story.next, Story.next,
    ]
    private static let dear: Story.Step = { stage in
        stage.world.setPrice(.init(baseFeePerGas: .gwei(20), priorityFeePerGas: .gwei(2)))
        stage.world.mine()
    }
    private static let cheap: Story.Step = { stage in
        stage.world.setPrice(.init())
        stage.world.mine()
    }

    /// The nodes' rule, at its border.
    private static var ruleProblem: String? {
        func fees(_ thousandths: UInt64) -> FeeCaps {
            FeeCaps(maxFeePerGas: .gwei(10 * thousandths), maxPriorityFeePerGas: .gwei(thousandths))
        }
        guard !ChainNode.replaces(fees(1099), fees(1000)) else { return "the node takes 9.9 % more" }
        return ChainNode.replaces(fees(1100), fees(1000)) ? nil : "the node refuses 10 % more"
    }

    /// One transaction at the nonce that was lost, one at the next.
    private static let usesBoth: @Sendable (Account) -> String? = { account in
        let nonces = account.sent.compactMap { account.nonce(of: $0) }.sorted()
        return nonces == [ChainWorld.firstNonce, ChainWorld.firstNonce + 1] ? nil : "nonces \(nonces)"
    }
}
