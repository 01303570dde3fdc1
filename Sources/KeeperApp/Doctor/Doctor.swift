import EthPrimitives
import EthRPC

/// Looks at nodes side by side: what each can do, how it fares, and where they disagree.
public struct Doctor: Sendable {
    public var nodes: [DoctorNode]
    public var settings: DoctorSettings

    public init(_ nodes: [DoctorNode], _ settings: DoctorSettings = DoctorSettings()) {
        self.nodes = nodes
        self.settings = settings
    }

    /// Asks all nodes at once, each of them one request after the other.
    /// - Throws: `CancellationError` only: what nodes do wrong is in the report.
    public func examine() async throws -> DoctorReport {
        let given = settings
        var facts = try await each(nodes) { try await NodeProbe(node: $0, settings: given).introduction() }
        let chainID = given.chainID ?? NodeFindings.chain(of: facts)
        let settings = given.completed(for: chainID)
        let fit = facts.indices.filter { facts[$0].isAnswering && facts[$0].chainID == chainID }
        // Heads were asked for at the same time; what comes now takes as long as each node does.
        let best = fit.compactMap { facts[$0].head }.max { $0.number < $1.number }
        let now = settings.now()
        for index in facts.indices {
            guard let head = facts[index].head else { continue }
            facts[index].age = max(now, head.timestamp) - head.timestamp
            if fit.contains(index), let best { facts[index].lag = best.number - head.number }
        }
        let examined = try await each(fit.map { (nodes[$0], facts[$0]) }) { node, known in
            var facts = known
            try await NodeProbe(node: node, settings: settings).examine(&facts)
            return facts
        }
        for (index, known) in zip(fit, examined) { facts[index] = known }
        let members = fit.map { Comparer.Member(node: nodes[$0], facts: facts[$0]) }
        let comparison = try await Comparer(settings: settings).compare(members)
        let judge = NodeFindings(settings: settings, chainID: chainID, best: best)
        return DoctorReport(
            chainID: chainID, nodes: facts, comparison: comparison,
            findings: comparison.findings + facts.flatMap(judge.callAsFunction))
    }
}
