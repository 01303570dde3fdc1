import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTestServer

/// Heads that go back, nodes that are not at the same block, receipts that come late or go away.
enum ChainFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "receipt null, then present",
            .beside(atMost: Calm.pair) { late(.odd(.init(), .init())) }.also(isNotGivenUp),
            .alone(.unchanged, atMost: Calm.alone) { late(.odd(.init())) }.also(isNotGivenUp)),
        reorganisation(1), reorganisation(2), reorganisation(7),
        FaultClass(
            "receipt gone: a reorganisation deeper than the confirmations",
            .alone(.reorganised, atMost: 100) { undone(12, isMinedAtOnce: false) }),
        FaultClass(
            "receipt gone: a reorganisation deeper than the memory of heads",
            .alone(.reorganised, atMost: 470) { undone(HeadMemory.blocks + 4, isMinedAtOnce: false) }),
        FaultClass(
            "receipt gone, and the transaction with it",
            .alone(.done(transactions: 1, "same bytes once more"), atMost: 50) {
                Story.odd(.init()).stepping(
                    [Story.due, Story.next, Story.next]
                        + [
                            { stage in
                                stage.world.reorganise(2, withTransactions: false)
                                stage.world.drop()
                                stage.nodes[0].forget()
                            }
                        ] + Array(repeating: Story.next, count: 4))
            }.also { account in
                account.minedLast.map { account.world.isCanonical($0) } ?? false ? nil : "done on a branch that was abandoned"
            }),
        FaultClass(
            "head goes backwards",
            .alone(.unchanged, atMost: Calm.alone + 2) {
                Story.odd(.init()).stepping([
                    Story.due, Story.next, { stage in stage.nodes[0].change { $0.lag = 2 } },
                    { stage in
                        stage.nodes[0].change { $0.lag = 0 }
                        stage.world.mine()
                    }, Story.next,
                ])
            }.also { account in
                account.notices.contains { if case .wentBackwards = $0 { true } else { false } } ? nil : "nobody was told"
            }),
        FaultClass(
            "two nodes one block apart",
            .beside(.done(transactions: 1, "a head behind"), atMost: Calm.pair) {
                Story.odd(.init(lag: 1), .init()).stepping([Story.due, Story.next, Story.next, Story.next])
            }
            .called("the first behind"),
            .beside(atMost: Calm.pair) { .odd(.init(), .init(lag: 1)) }.called("the second behind")),
        FaultClass(
            "a balancer whose nodes are one block apart",
            .beside(.done(transactions: 1, "heads late by one at most"), atMost: Calm.pair + 1) {
                .odd(.init(flips: true), .init())
            }),
        FaultClass(
            "header not found: a node lost its newest block",
            .beside(atMost: Calm.pair + 1) { .pair(.refuse(-32000, "header not found"), when: { $0.isBatch }) },
            .alone(.late(.node(.blockNotFound)), atMost: Calm.alone + 5) {
                Story.alone(.refuse(-32000, "header not found")).stepping(Story.healing)
            }),
        FaultClass(
            "state pruned",
            .beside(atMost: Calm.pair + 1) {
                .pair(.refuse(-32000, "missing trie node 7d6c (path ) state 0x7d6c is not available"), when: { $0.isBatch })
            },
            .alone(.late(.node(.stateUnavailable)), atMost: Calm.alone + 5) {
                Story.alone(.refuse(-32000, "missing trie node 7d6c (path ) state 0x7d6c is not available"))
                    .stepping(Story.healing)
            }),
    ]

    /// The index of receipts is behind for two looks.
    private static func late(_ story: Story) -> Story {
        var story = story.stepping([Story.due, Story.next, Story.next, Story.next])
        for index in story.nodes.indices { story.nodes[index].oddities.blindLooks = 2 }
        return story
    }

    private static let isNotGivenUp: @Sendable (Account) -> String? = { account in
        account.refusals.isEmpty ? nil : "refused: \(account.refusals)"
    }

    private static func reorganisation(_ depth: Int) -> FaultClass {
        FaultClass(
            "receipt gone: a reorganisation of depth \(depth)",
            .alone(.reorganised, atMost: 37 + 4 * depth) { undone(depth, isMinedAtOnce: true) },
            .alone(.reorganised, atMost: 41 + 5 * depth) { undone(depth, isMinedAtOnce: false) })
    }

    /// The block with the transaction is buried so deep, and gives way with all above it; the new branch has it at once, or later.
    private static func undone(_ depth: Int, isMinedAtOnce: Bool) -> Story {
        var story = Story.odd(.init()).stepping(
            [Story.due] + Array(repeating: Story.next, count: depth)
                + [{ $0.world.reorganise(depth, withTransactions: isMinedAtOnce) }, Story.next, Story.next]
                + [{ stage in for _ in 0...depth { stage.world.mine() } }])
        story.finality = depth + 1
        // What is in flight again has waited long already; here it is not replaced.
        story.policy.bumpAfterBlocks = 1000
        return story
    }
}

/// What `HeadChain` remembers.
enum HeadMemory {
    static let blocks = 128
}
