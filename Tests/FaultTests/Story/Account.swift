import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTestServer
import KeeperTransactions

/// What came of a story.
struct Account: Sendable {
    var ticks: [KeeperRunner<Poking>.Tick]
    /// What looks for a head and observations met, in their order.
    var errors: [any Error]
    /// Warnings.
    var lines: [String]
    var notices: [PoolNotice]
    var news: [TransactionNews]
    /// What ended the keeper, if it did not live to the end of the story.
    var end: (any Error)?
    /// By node.
    var requests: [[ServerRequest]]
    var bytes: [Int]
    /// Requests that nodes acted upon, by node.
    var acted: [[RPCRequest]]
    /// How many requests had arrived at each node when each step began: between two of them the keeper sees one newest head.
    var marks: [[Int]]
    /// What was durable at the end.
    var state: MachineState
    /// Everything that left the keeper, for the search for secrets.
    var outputs: [Output]
    var world: ChainWorld

    /// Requests that arrived at the nodes, a batch being one.
    var spent: Int { requests.reduce(0) { $0 + $1.count } }

    var outcomes: [Outcome] { ticks.flatMap(\.outcomes) }

    /// Signed bytes that arrived at each node, by hash.
    var sends: [[TransactionHash]] {
        requests.map { requests in
            requests.flatMap(\.calls).compactMap(Self.hash)
        }
    }

    /// The transactions that were sent, each once.
    var sent: Set<TransactionHash> { Set(sends.joined()) }

    var isMinedWithEffect: Bool { outcomes.contains { if case .minedWithEffect = $0 { true } else { false } } }

    /// The height that the keeper saw its transaction mined at, at last.
    var minedLast: UInt64? {
        outcomes.reversed().lazy.compactMap { outcome -> UInt64? in
            if case .minedWithEffect(_, let mined) = outcome { mined.block } else { nil }
        }.first
    }

    /// Whether every decision was the right one, past all nodes.
    var isTrue: Bool { ticks.allSatisfy { $0.decision == world.truth(at: $0.head) } }

    /// Whether each node got each transaction at most once.
    var isSentOnce: Bool { sends.allSatisfy { Set($0).count == $0.count } }

    /// Whether no node got a transaction twice at one head.
    var isSentOnceAtEachHead: Bool {
        requests.indices.allSatisfy { node in
            var seen: Set<Sending> = []
            for (index, request) in requests[node].enumerated() {
                let head = marks.count { $0[node] <= index }
                for hash in request.calls.compactMap(Self.hash) where !seen.insert(Sending(hash: hash, head: head)).inserted {
                    return false
                }
            }
            return true
        }
    }

    private struct Sending: Hashable {
        var hash: TransactionHash
        var head: Int
    }

    private static func hash(_ call: RPCRequest) -> TransactionHash? {
        guard call.method == "eth_sendRawTransaction" else { return nil }
        // Bytes that are none have no hash.
        return (try? Hex.decode(call.params.first?.string ?? "")).map { Keccak256.hash($0) }
    }

    var alerts: [TransactionAlert] { news.compactMap { if case .alert(let alert) = $0 { alert } else { nil } } }
    var reports: [TransactionReport.News] {
        news.compactMap { if case .report(let report) = $0 { report.news } else { nil } }
    }

    /// What became finally of each intent, by the store.
    var endings: [IntentOutcome] { state.settled.map(\.outcome) }

    /// What an outcome or an error said against something, in words.
    var refusals: [String] {
        let outcomes = outcomes.compactMap { outcome -> String? in
            switch outcome {
            case .refused(_, let reason): reason
            default: nil
            }
        }
        let broadcasts = notices.compactMap { if case .broadcast(_, false, let outcomes) = $0 { outcomes } else { nil } }
        return outcomes + lines + alerts.map { "\($0)" } + broadcasts
    }
}
