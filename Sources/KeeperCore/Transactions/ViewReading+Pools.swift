import EthCodec
import EthPrimitives
import EthRPC
import KeeperTransactions

extension ViewReading {
    /// Asks the other nodes for what the view's own neither mined nor has in its pool: absent is only what none of them has.
    func askPools(
        of nodes: [NodeView], besides asked: NodeView, within limit: Duration, _ clock: RPCClock, _ view: inout ChainView
    ) async {
        let missing = view.sightings.compactMap { hash, sighting in
            if case .absent = sighting { hash } else { nil }
        }.sorted { $0.description < $1.description }
        let others = nodes.filter { $0.label != asked.label }
        guard !missing.isEmpty, !others.isEmpty else { return }
        let found = await Self.ask(others, within: limit, clock) { node in
            var batch = ReadBatch(at: .latest)
            let reads = missing.map { batch.add(Self.known($0)) }
            let answers = try await node.provider.send(batch)
            // Not read, or mined on another chain: nothing is known.
            return reads.map { try? answers.value(of: $0) }  // see above
        }
        for (index, hash) in missing.enumerated() {
            let words = found.map { $0?[index] }
            if words.contains(.pooled) {
                view.sightings[hash] = .pooled
            } else if !words.allSatisfy({ $0 == .no }) {
                view.sightings[hash] = .unmined
            }
        }
    }

    /// What comes after the account's transactions in the pools, the highest of the nodes' answers; `nil` unless all answer.
    func pendingNonce(of nodes: [NodeView], within limit: Duration, _ clock: RPCClock) async -> Nonce? {
        let account = account
        let found = await Self.ask(nodes, within: limit, clock) { node in
            var batch = ReadBatch(at: .pending)
            let pending = batch.nonce(account)
            let queue = batch.add(Self.queueEnd(account))
            let answers = try await node.provider.send(batch)
            // Most nodes do not show their queues.
            return max(try answers.value(of: pending), (try? answers.value(of: queue)) ?? 0)  // see above
        }
        return found.contains(nil) ? nil : found.compactMap { $0 }.max()
    }

    /// One more than the highest nonce of an account that a node's pool holds, gaps or not; 0 if it holds none.
    private static func queueEnd(_ account: Address) -> RPCQuery<Nonce> {
        RPCQuery("txpool_contentFrom", [.string(account.hex)]) { (result) throws(RPCError) in
            var end: Nonce = 0
            for part in ["pending", "queued"] {
                for member in try result.optional(part)?.json.members ?? [] {
                    guard let nonce = Nonce(member.name), nonce < .max else { throw result.expected("nonces as names") }
                    end = max(end, nonce + 1)
                }
            }
            return end
        }
    }

    /// Asks nodes at once; `nil` for one that does not answer in time.
    static func ask<Answer: Sendable>(
        _ nodes: [NodeView], within limit: Duration, _ clock: RPCClock,
        _ question: @escaping @Sendable (NodeView) async throws -> Answer
    ) async -> [Answer?] {
        await withTaskGroup(of: (Int, Answer?).self) { group in
            for (index, node) in nodes.enumerated() {
                group.addTask {
                    // No answer is one too.
                    (index, try? await clock.limit(limit) { try await question(node) })  // see above
                }
            }
            var answers = [Answer?](repeating: nil, count: nodes.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers
        }
    }
}
