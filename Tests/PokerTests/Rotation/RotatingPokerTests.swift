import EthCodec
import Foundation
import Synchronization
import TestSupport
import Testing

/// The poker as a process whose node takes another token while it runs.
@Suite(.serialized)
struct RotatingPokerTests {
    @Test("A running poker goes on with the new token when its file is swapped, and tells neither")
    func run() async throws {
        let (a, b) = ("canary-token-of-monday", "canary-token-of-tuesday")
        let secrets = try SecretFolder(["token": a])
        let token = Mutex(a)
        let refused = DispatchSemaphore(value: 0)
        let chain = try await LocalChain(genesisTime: PokerRunTests.midnight - 1800)
        let door = try AlteringProxy.server(
            before: chain.url,
            admits: { head in
                if head.lowercased().contains("authorization: bearer \(token.withLock { $0 })\r\n") { return true }
                refused.signal()
                return false
            })
        let poker = try PokerProcess(
            chain, rpc: "{ endpoints: [{ name: own, url: \"\(door.url)\", bearerTokenFile: \"\(secrets.path("token"))\" }] }")
        let times = PokerRunTests.times(of: PokerRunTests.midnight)
        for (index, time) in times.enumerated() {
            if index == times.count / 2 {
                token.withLock { $0 = b }
                // The poker has been refused before its secret is there.
                await withCheckedContinuation { continuation in
                    Thread.detachNewThread {
                        refused.wait()
                        continuation.resume()
                    }
                }
                try secrets.swap(["token": b])
            }
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(3))")
        }
        #expect(poker.stop() == 0)
        #expect(try poker.outcomes().contains { $0["minedWithEffect"] != nil })
        let log = poker.log.lines.joined(separator: "\n")
        #expect(log.contains("re-read: the files of rpc.endpoints[0].bearerTokenFile"))
        let store = try poker.storeBytes()
        for canary in [a, b] { #expect(!log.contains(canary) && !store.contains(canary)) }
    }
}
