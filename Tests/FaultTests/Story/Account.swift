import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTestServer

/// What came of a story.
struct Account: Sendable {
    var ticks: [KeeperRunner<Poking>.Tick]
    /// What looks for a head and observations met, in their order.
    var errors: [any Error]
    /// Warnings.
    var lines: [String]
    var notices: [PoolNotice]
    /// What ended the keeper, if it did not live to the end of the story.
    var end: (any Error)?
    /// By node.
    var requests: [[ServerRequest]]
    var bytes: [Int]
    /// Requests that nodes acted upon, by node.
    var acted: [[RPCRequest]]
    var world: ChainWorld

    /// Requests that arrived at the nodes, a batch being one.
    var spent: Int { requests.reduce(0) { $0 + $1.count } }

    var outcomes: [Outcome] { ticks.flatMap(\.outcomes) }

    /// Signed bytes that arrived at each node, by hash.
    var sends: [[TransactionHash]] {
        requests.map { requests in
            requests.flatMap(\.calls).filter { $0.method == "eth_sendRawTransaction" }.compactMap { call in
                (try? Hex.decode(call.params.first?.string ?? "")).map { Keccak256.hash($0) }  // bytes that are none have no hash
            }
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

    /// What an outcome or an error said against something, in words.
    var refusals: [String] {
        let outcomes = outcomes.compactMap { outcome -> String? in
            switch outcome {
            case .refused(_, let reason): reason
            case .broadcast(_, _, _, let refusal?): refusal
            default: nil
            }
        }
        return outcomes + lines
    }
}
