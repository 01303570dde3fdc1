import EthCodec
import Foundation
import Synchronization
import TestSupport
import Testing

/// A running poker tells people what is wrong, and nothing else.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct AlertDeliveryTests {
    private static let slot = PokerRunTests.midnight

    /// What a receiver got, one after the other.
    private final class Received: Sendable {
        private let bodies = Mutex<[JSON]>([])

        func take(_ body: String) -> String {
            // A body that is no JSON is seen by the test as missing.
            if let json = try? JSONScanner.parse(Array(body.utf8)) { bodies.withLock { $0.append(json) } }
            return "{}"
        }

        var all: [JSON] { bodies.withLock { $0 } }
    }

    @Test("a source without a value is told once and resolved once; the receiver's address and secret are nowhere")
    func sourceInvalid() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let received = Received()
        let server = try CannedServer { received.take($0) }
        let secrets = ["canary-token-of-a-channel", "canary-signing-secret"]
        let poker = try PokerProcess(
            chain,
            sections: [
                "ops: { listen: \"127.0.0.1:0\" }",
                "alerts: { sinks: [{ type: webhook, url: \"\(server.url)/\(secrets[0])\", secret: \(secrets[1]) }] }",
            ])
        let endpoint = OpsClient(base: try #require(await poker.operations()))
        var time = Self.slot - 1
        /// Blocks until the receiver has got so many messages: it is told in its own time.
        func mine(until count: Int) async throws {
            while received.all.count < count, time < Self.slot + 3500 {
                time += 12
                let head = try await chain.mine(at: time)
                try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
            }
            try #require(received.all.count >= count, "\(poker.log.lines.suffix(5))")
        }
        try await chain.setSource("WSTETH", price: "0", valid: false)
        try await mine(until: 1)
        let opened = try #require(received.all.first)
        #expect(opened["change"] == "opened" && opened["kind"] == "source-invalid" && opened["severity"] == "notify", "\(opened)")
        #expect(
            try await endpoint.metric("keeper_alerts_open{alert=\"source-invalid\",keeper=\"poker-local\",severity=\"notify\"}")
                == 1)
        #expect(try await endpoint.metric("keeper_task_excused{keeper=\"poker-local\",task=\"PIP_WSTETH\"}") == 1)
        #expect(try await endpoint.status()["alerts"]?.array?.first?["kind"] == "source-invalid")
        try await chain.setSource("WSTETH", price: "1800000000000000000000")
        try await mine(until: 2)
        #expect(received.all[1]["change"] == "resolved" && received.all[1]["key"] == opened["key"])
        let shown = [
            try await endpoint.get("metrics").text, try await endpoint.get("status").text,
            poker.log.lines.joined(separator: "\n"),
            try poker.storeBytes(), try poker.journal().map(\.sortedText).joined(),
        ]
        #expect(poker.stop() == 0)
        #expect(received.all.count == 2, "\(received.all)")
        for secret in secrets { for text in shown { #expect(!text.contains(secret)) } }
    }
}
