import EthRPC
import KeeperTestServer
import KeeperTesting
import Synchronization

/// Nodes that take their time, and clocks that are wrong.
enum TimeFaults {
    static let all: [FaultClass] = [
        stall("hang before the first byte") { Reply($0.hanging) },
        stall("hang mid-body") { .halfAnswer(then: $0.hanging) },
        stall("slow-loris in the headers") { $0.crawling(Reply.drippingHeaders) },
        stall("slow-loris in the body") { $0.crawling(Reply.dripping) },
        FaultClass(
            "node's clock ahead: a head stamped in the future",
            .alone(.late(.words("stamped in the future")), atMost: Calm.alone + 1) {
                Story.odd(.init()).stepping([
                    { stage in
                        stage.nodes[0].change { $0.ahead = 3600 }
                        stage.world.mine()
                    },
                    { stage in
                        stage.nodes[0].change { $0.ahead = 0 }
                        stage.world.mine()
                    }, Story.next, Story.next, Story.next,
                ])
            }),
        FaultClass(
            "own clock jumps an hour ahead and back",
            .alone(.late(.words("s old: not acting on it")), atMost: Calm.alone + 1) {
                Story.odd(.init()).stepping([
                    { stage in
                        stage.skew.withLock { $0 = 3600 }
                        stage.world.mine()
                    },
                    { stage in
                        stage.skew.withLock { $0 = 0 }
                        stage.world.mine()
                    }, Story.next, Story.next, Story.next,
                ])
            }),
    ]

    private static func stall(_ name: String, _ reply: @escaping @Sendable (Stalls) -> Reply) -> FaultClass {
        FaultClass(
            name,
            .beside(atMost: Calm.pair + 2) {
                let stalls = Stalls()
                return Story.pair(reply(stalls)) { !$0.isBroadcast }.beside { try await stalls.expire(on: $0) }
            },
            .alone(.late(.error(.timeout)), atMost: Calm.alone + 5) {
                let stalls = Stalls()
                return Story.alone(reply(stalls)).stepping(Story.healing).beside { try await stalls.expire(on: $0) }
            })
    }
}
