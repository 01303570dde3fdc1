import EthCodec
public import EthRPC

/// Asks other nodes before something is spent: each observes anew at the same block hash, and its facts are decided on. Nodes agree
/// when the same transactions follow: identity, target and data.
public struct QuorumCheck: Sendable {
    /// How many nodes must agree, the first included; 1 asks nobody.
    public var quorum: Int
    /// How long a node may take to learn of the block: heads reach nodes one after the other.
    public var grace: Duration
    private let clock: RPCClock

    /// How often a node is asked for the block meanwhile.
    private static let step = Duration.milliseconds(250)

    public init(quorum: Int = 1, grace: Duration = .seconds(3), clock: RPCClock = .continuous) {
        self.quorum = quorum
        self.grace = grace
        self.clock = clock
    }

    /// What was decided, and on which facts.
    struct Question<K: Keeper> {
        var keeper: K
        /// Memory as it was before the decision.
        var memory: K.Memory
        var head: BlockHeader
        var snapshot: K.Snapshot
        var decision: Decision
        var endpoint: String
    }

    /// Asks one node after the other until enough agree, or none is left.
    func verdict<K: Keeper>(on question: Question<K>, _ nodes: any NodeViewing) async throws -> QuorumVerdict {
        let wishes = QuorumVerdict.Wish.all(in: question.decision)
        var verdict = QuorumVerdict(quorum: quorum, endpoint: question.endpoint, transactions: wishes)
        let facts = try JournalRecord.json(question.snapshot)
        var asked: Set<String> = [question.endpoint]
        while !verdict.isReached, let view = nodes.view(at: question.head, besides: asked) {
            asked.insert(view.label)
            do {
                guard try await knows(question.head, view) else {
                    verdict.absences.append(.init(endpoint: view.label, reason: "does not have the block"))
                    continue
                }
                let snapshot = try await question.keeper.observe(question.head, through: view.provider)
                var memory = question.memory
                let theirs = QuorumVerdict.Wish.all(in: question.keeper.decide(snapshot, &memory))
                let differences = FieldDifference.between(facts, try JournalRecord.json(snapshot))
                if theirs == wishes {
                    verdict.assents.append(.init(endpoint: view.label, differences: differences))
                } else {
                    verdict.dissents.append(.init(endpoint: view.label, transactions: theirs, differences: differences))
                }
            } catch let error as RPCError {
                view.discredit("\(error)")
                verdict.absences.append(.init(endpoint: view.label, reason: "\(error)"))
            }
        }
        return verdict
    }

    /// Whether a node has the block, waiting a little for it.
    private func knows(_ head: BlockHeader, _ view: NodeView) async throws -> Bool {
        let end = clock.now + grace
        while true {
            if let header = try await view.provider.header(.hash(head.hash)) {
                guard header == head else {
                    throw RPCError(
                        .malformedResult, "block \(head.hash): another header than another node's", endpoint: view.label)
                }
                return true
            }
            guard clock.now + Self.step <= end else { return false }
            try await clock.sleep(until: clock.now + Self.step)
        }
    }
}
