import EthRPC
import KeeperTestServer

/// Faults of WebSockets.
enum SocketFaults {
    static let all: [FaultClass] = [
        fault("WebSocket dropped mid-request", .reset, .connectionLost),
        fault(
            "WebSocket closed in order mid-request", Reply([.frame(opcode: 8, payload: [3, 232], isFinal: true)]), .connectionLost
        ),
        fault(
            "WebSocket dropped mid-frame", Reply([.bytes([0x81, 0x7E, 0x10, 0x00] + Array("{\"jsonrpc\"".utf8)), .reset]),
            .connectionLost),
        fault("WebSocket: a binary message", Reply([.frame(opcode: 2, payload: [1, 2, 3], isFinal: true)]), .protocolViolation),
        fault("WebSocket: wrong id", .wrongID, .wrongID),
        fault("WebSocket: truncated JSON", .truncatedJSON, .truncated),
        FaultClass(
            "WebSocket refused",
            .beside(atMost: Calm.pair - 3) {
                var story = Story.odd(.init(), .init())
                story.nodes[0].isSocket = true
                story.nodes[0].faults = { script, _ in script.replying(.gatewayPage(502), toUpgradeTimes: .max) }
                return story
            }),
    ]

    private static func fault(_ name: String, _ reply: Reply, _ code: RPCError.Code) -> FaultClass {
        @Sendable func onSocket(_ story: Story) -> Story {
            var story = story
            story.nodes[0].isSocket = true
            return story
        }
        return FaultClass(
            name, .beside(atMost: Calm.pair + 1) { onSocket(.pair(reply)) },
            .alone(.late(.error(code)), atMost: Calm.alone + 5) { onSocket(Story.alone(reply).stepping(Story.healing)) })
    }
}
