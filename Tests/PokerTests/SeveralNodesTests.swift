import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// `poker run` as a process with several nodes.
@Suite(.serialized)
struct SeveralNodesTests {
    private static let slot = PokerRunTests.midnight

    /// One hour through the poker.
    private static func hour(_ rpc: (LocalChain) -> String) async throws -> PokerProcess {
        let chain = try await LocalChain(genesisTime: slot - 1800)
        let poker = try PokerProcess(chain, rpc: rpc(chain))
        for time in [slot - 13, slot - 1] + (0..<6).map({ slot + 11 + 12 * $0 }) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(3))")
        }
        #expect(poker.stop() == 0)
        return poker
    }

    @Test("Two nodes that agree: the poke is sent, and the decision log says who agreed")
    func agreeing() async throws {
        // One chain stands in for two nodes: it answers at any path.
        let poker = try await Self.hour { chain in
            "{ quorum: 2, endpoints: [{ name: first, url: \"\(chain.url)\" }, { name: second, url: \"\(chain.url)/second\" }] }"
        }
        #expect(try poker.outcomes().contains { $0["minedWithEffect"] != nil })
        let verdicts = try poker.journal().filter { $0["kind"] == "quorum" }.compactMap { $0["quorum"] }
        #expect(verdicts.count == 1, "asked once, not while the transaction waits")
        #expect(verdicts.first?["endpoint"] == "first" && verdicts.first?["assents"]?.array?.first?["endpoint"] == "second")
    }

    @Test("A dead node and one on another chain stand in nobody's way, and are named")
    func dead() async throws {
        let stranger = try CannedServer { _ in #"{"jsonrpc":"2.0","id":1,"result":"0x5"}"# }
        let poker = try await Self.hour { chain in
            """
            { endpoints: [{ name: dead, url: "http://127.0.0.1:1" }, { name: stranger, url: "\(stranger.url)" },
                { name: good, url: "\(chain.url)" }] }
            """
        }
        #expect(try poker.outcomes().contains { $0["minedWithEffect"] != nil })
        let log = poker.log.lines.joined(separator: "\n")
        #expect(log.contains("stranger is on chain 5, not 1337") && log.contains("dead is passed over"))
        #expect(!log.contains("127.0.0.1"))
    }

    @Test("Too few nodes to agree: nothing is sent, for this reason")
    func alone() async throws {
        let poker = try await Self.hour { chain in
            "{ quorum: 2, endpoints: [{ name: good, url: \"\(chain.url)\" }, { name: dead, url: \"http://127.0.0.1:1\" }] }"
        }
        let outcomes = try poker.outcomes()
        #expect(!outcomes.contains { $0["broadcast"] != nil })
        #expect(outcomes.contains { $0["refused"]?["reason"]?.string?.contains("1 of 2 nodes confirm it") == true })
    }
}
