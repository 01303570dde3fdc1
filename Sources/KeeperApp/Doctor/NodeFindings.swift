import EthPrimitives
import EthRPC

/// What is wrong with single nodes, from what they say of themselves; pure.
struct NodeFindings {
    let settings: DoctorSettings
    /// The chain that they should be on.
    let chainID: ChainID?
    /// The newest head of that chain.
    let best: BlockHeader?

    /// The chain that nodes should be on where nobody says: that of most of them, of the first in doubt.
    static func chain(of nodes: [NodeFacts]) -> ChainID? {
        let ids = nodes.compactMap(\.chainID)
        return ids.max { one, other in
            let counts = (ids.count { $0 == one }, ids.count { $0 == other })
            return counts.0 == counts.1
                ? (ids.firstIndex(of: one) ?? 0) > (ids.firstIndex(of: other) ?? 0) : counts.0 < counts.1
        }
    }

    func callAsFunction(_ node: NodeFacts) -> [Finding] {
        // Whatever else is wrong with it, a node of another chain is the wrong one.
        if let own = node.chainID, own != chainID { return [wrongChain(node)] }
        if let failure = node.failure { return [Self.finding(node.label, failure)] }
        return heads(node) + capabilities(node) + exchanges(node)
    }

    private static func finding(_ label: String, _ failure: RPCError) -> Finding {
        let kind: Finding.Kind =
            switch failure.code {
            case .badEndpoint: .badEndpoint
            case .malformedResult: .badAnswer
            case .rateLimited: .throttled
            default: failure.nodeError?.kind == .rateLimited ? .throttled : .unreachable
            }
        return Finding(kind, label, "gives no usable answer: \(failure.message)", advice: failure.advice)
    }

    private func wrongChain(_ node: NodeFacts) -> Finding {
        func name(_ id: ChainID?) -> String {
            guard let id else { return "none" }
            return ChainPreset.named(id).map { "\(id) (\($0.name))" } ?? "\(id)"
        }
        return Finding(
            .wrongChain, node.label, "is on chain \(name(node.chainID)), not \(name(chainID))",
            advice: "Keepers never ask it: correct its URL, or the chain id")
    }

    private func heads(_ node: NodeFacts) -> [Finding] {
        var found: [Finding] = []
        if node.isSyncing {
            found.append(
                Finding(.syncing, node.label, "is still syncing", advice: "Wait until it is done: its answers may be old"))
        }
        if let lag = node.lag, lag > settings.maxLag, let best {
            found.append(
                Finding(
                    .lagging, node.label, "is \(lag) blocks behind the best head, \(best.number)",
                    advice: "Look at its peers, its disk and its load; its answers are old"))
        }
        guard let limit = settings.maxHeadAge, let head = node.head, let age = node.age else { return found }
        // An old head that others do not have either is theirs too; each is told.
        if age > limit {
            found.append(
                Finding(
                    .staleHead, node.label, "its newest head is \(age) s old",
                    advice: "No keeper acts on a head older than \(limit) s: is the node, or the chain, stuck?"))
        }
        let now = settings.now()
        if head.timestamp > now + 60 {
            found.append(
                Finding(
                    .clock, node.label, "its newest head is stamped \(head.timestamp - now) s in the future",
                    advice: "Set this machine's clock (NTP), or distrust the node"))
        }
        return found
    }

    private func capabilities(_ node: NodeFacts) -> [Finding] {
        var found: [Finding] = []
        // Many may be unclear for one reason, such as a limit.
        var unclear: [String: [String]] = [:]
        for capability in Capability.allCases {
            switch node.capabilities[capability] {
            case .no(let reason):
                guard let loss = capability.loss else { continue }
                found.append(
                    Finding(
                        capability.isNeeded ? .methodMissing : .methodAbsent, node.label, "no \(capability.title): \(reason)",
                        advice: loss))
            case .unclear(let reason): unclear[reason, default: []].append(capability.title)
            case .yes, .notApplicable, nil: continue
            }
        }
        return found
            + unclear.sorted { $0.key < $1.key }.map { reason, titles in
                Finding(
                    .methodUnclear, node.label, "unclear whether it has \(titles.joined(separator: ", ")): \(reason)",
                    advice: "Ask again, or read the node's documentation")
            }
    }

    private func exchanges(_ node: NodeFacts) -> [Finding] {
        var found: [Finding] = []
        if let limit = node.troubles.last(where: { $0.nodeError?.kind == .rateLimited }) {
            found.append(
                Finding(
                    .throttled, node.label, "wants fewer requests: \(limit.message)",
                    advice: "Set computeUnitsPerSecond for it in the configuration, or use another plan"))
        }
        let failed = node.troubles.filter { $0.nodeError?.kind != .rateLimited }
        if let last = failed.last {
            let count = failed.count == 1 ? "an exchange" : "\(failed.count) exchanges"
            found.append(Finding(.unsteady, node.label, "\(count) failed: \(last.message)", advice: last.advice))
        }
        if let slow = node.latency.percentile(95), slow > DoctorSettings.slow {
            found.append(
                Finding(
                    .slow, node.label, "95 % of its answers take up to \(slow.milliseconds)",
                    advice: "A slot has 12 seconds: put a nearer node first"))
        }
        return found
    }
}
