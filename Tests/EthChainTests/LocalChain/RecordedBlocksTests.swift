import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import Testing

@testable import EthChain

/// Must show: every transaction of the bundled recording, gas used, status, logs and storage identical to the Python node's.
@Suite("The recorded 72 hours") struct RecordedBlocksTests {
    @Test("Each transaction has the recorded gas, status and logs, and each block the recorded hash, which is over all state")
    func transactions() throws {
        let replay = try RecordedBlocks.replay.get()
        print("recorded 72 hours: \(replay.summary)")
        for difference in replay.differences.prefix(5) { Issue.record("\(difference)") }
        #expect(replay.differences.isEmpty && replay.unsupported.isEmpty)
        #expect(replay.transactions == 9_346 && replay.blocks == 5_986)
        #expect(replay.byFork == [.prague: 9_346])
    }

    /// How many of the recording's lines are asked again: all of them in `make scenarios`, one in forty else.
    private static let stride = ProcessInfo.processInfo.environment["KEEPERKIT_ALL_READS"] == nil ? 40 : 1

    @Test("What the poker read of the Python node, the local chain answers the same: headers, storage, calls, receipts, logs")
    func reads() throws {
        guard let chain = try RecordedBlocks.replay.get().chain else { throw CocoaError(.fileReadUnknown) }
        var (counts, differences, replaced): ([String: Int], Int, Int) = ([:], 0, 0)
        for (index, line) in try RecordedBlocks.lines("poker-72h.cassette.ndjson.gz").enumerated() {
            // Receipts and logs are few: all of them.
            guard index % Self.stride == 0 || line.isEvidence else { continue }
            let json = try JSONScanner.parse(line)
            guard let request = json["request"], let response = json["response"] else { continue }
            for (one, answer) in zip(request.array ?? [request], response.array ?? [response]) {
                guard let method = one["method"]?.string, let params = one["params"]?.array else { continue }
                // The other node searches from elsewhere.
                if method == "eth_estimateGas" { continue }
                let ours = try JSONScanner.parse(chain.answer([RPCRequest(id: 1, method: method, params: params)])[0].raw)
                counts[method, default: 0] += 1
                guard Self.normal(ours) != Self.normal(answer) else { continue }
                // What goes by the line of blocks was told by a head that is none of it any more.
                let head = try BlockHash(hex: json["hash"]?.string ?? "")
                if chain.block(.canonicalHash(head)) == nil, ["eth_feeHistory", "eth_getTransactionReceipt"].contains(method) {
                    replaced += 1
                    continue
                }
                differences += 1
                if differences <= 5 { print("\(method) \(JSON.array(params)):\n\(ours)\ninstead of\n\(answer)") }
            }
        }
        let text = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print("recorded reads: \(text), \(replaced) told by heads that were replaced, \(differences) differences")
        #expect(differences == 0 && replaced <= 3)
        #expect(counts["eth_getStorageAt", default: 0] > 1_000 && counts["eth_getTransactionReceipt"] == 76)
    }

    /// Result or error without the id, members in one order.
    private static func normal(_ response: JSON) -> String {
        JSON.object(["result": response["result"], "error": response["error"]]).sortedText
    }
}

extension [UInt8] {
    /// Whether a line of a recording is marked as evidence, near its beginning.
    fileprivate var isEvidence: Bool {
        String(decoding: prefix(200), as: UTF8.self).contains("\"note\":\"evidence\"")
    }
}
