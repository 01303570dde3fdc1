import EthRPC
import KeeperCore
import KeeperTestServer
import KeeperTesting

/// Nodes that are gone, on another chain, or of another opinion.
enum NodeFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "connection refused",
            .beside(atMost: Calm.pair - 3) {
                var story = Story.odd(.init(), .init())
                story.nodes[0].isAbsent = true
                return story
            },
            .alone(.refused(.error(.unreachable)), atMost: 0) {
                var story = Story.odd(.init())
                story.nodes[0].isAbsent = true
                return story
            }),
        FaultClass(
            "all nodes dead, then one comes back",
            .beside(.late(.error(.connectionLost)), atMost: 38) {
                var story = Story.pair(.close).stepping(Story.healing + [Story.next])
                story.nodes[1] = .ill("b", .reset)
                return story
            }),
        FaultClass(
            "wrong chain id",
            .beside(atMost: Calm.pair - 2) { .odd(.init(chainID: 5), .init()) }.also { account in
                let methods = Set(account.requests[0].flatMap(\.calls).map(\.method))
                return methods == ["eth_chainId"] ? nil : "the stranger was asked \(methods)"
            },
            .alone(.refused(.wrongChain), atMost: 1) { .odd(.init(chainID: 5)) }),
        FaultClass(
            "a node comes back on another chain",
            .beside(atMost: 45) {
                Story.pair(.gatewayPage(502)).stepping([
                    Story.due, later, later, later,
                    { stage in
                        stage.world.fallIll(false)
                        stage.nodes[0].change { $0.chainID = 5 }
                        try await later(stage)
                    }, Story.next,
                ])
            }.also { account in
                account.notices.contains { if case .evicted = $0 { true } else { false } } ? nil : "it was not evicted"
            }),
        FaultClass(
            "method missing",
            .beside(atMost: Calm.pair + 1) {
                .pair(.refuse(-32601, "the method does not exist/is not available"), when: { $0.isBatch })
            },
            .alone(.late(.node(.methodNotFound)), atMost: Calm.alone + 5) {
                Story.alone(.refuse(-32601, "the method does not exist/is not available")).stepping(Story.healing)
            }),
        FaultClass(
            "a node that is syncing",
            .beside(atMost: Calm.pair + 1) { .pair(.refuse(-32000, "node is syncing")) },
            .alone(.late(.node(.syncing)), atMost: Calm.alone + 5) {
                Story.alone(.refuse(-32000, "node is syncing")).stepping(Story.healing)
            }),
        FaultClass(
            "quorum: two nodes disagree about the price",
            .beside(.disagreed(.words("nodes disagree")), atMost: 36) { quorum(.init(), .init(lies: true)) }
                .called("the second lies"),
            .beside(.disagreed(.words("nodes disagree")), atMost: 36) { quorum(.init(lies: true), .init()) }
                .called("the first lies")),
        FaultClass(
            "quorum: one of three disagrees",
            .beside(atMost: 37) { quorum(.init(), .init(lies: true), .init()) }.also { account in
                account.ticks.contains { $0.verdict?.dissents.count == 1 } ? nil : "the dissent is not named"
            },
            .beside(.disagreed(.words("nodes disagree")), atMost: 46) { quorum(.init(lies: true), .init(), .init()) }
                .called("the first lies")),
        FaultClass(
            "quorum: no second node",
            .beside(.disagreed(.words("1 of 2 nodes confirm it")), atMost: 26) {
                var story = quorum(.init(), .init())
                story.nodes[1].isAbsent = true
                return story
            }),
        FaultClass(
            "quorum: the second node is a block behind",
            .beside(.late(.words("does not have the block")), atMost: 40) {
                quorum(.init(), .init(lag: 1)).stepping([
                    Story.due,
                    { stage in
                        stage.nodes[1].change { $0.lag = 0 }
                        stage.world.mine()
                    }, Story.next, Story.next, Story.next,
                ])
            }),
    ]

    /// So much later that the pool looks at all nodes again.
    private static let later: Story.Step = { stage in
        stage.clock.advance(by: .seconds(61))
        stage.world.mine()
    }

    private static func quorum(_ oddities: ChainNode.Oddities...) -> Story {
        var story = Story(nodes: zip(["a", "b", "c"], oddities).map { .init(label: $0, oddities: $1) })
        story.quorum = 2
        return story
    }
}
