import KeeperTransactions
public import EthRPC
public import Logging

/// The one loop behind every verb: observe, decide, write down, execute.
public struct KeeperRunner<K: Keeper>: Sendable {
    public let keeper: K
    let nodes: any NodeViewing
    let quorum: QuorumCheck
    let executor: any ActionExecutor
    let journal: any DecisionLog
    let memories: StoredMemory?
    let logger: Logger

    /// - Parameters:
    ///   - nodes: each tick reads from one of them.
    ///   - quorum: how many of them must agree before something is sent.
    ///   - memories: where the keeper's memory is kept from process to process; `nil` for nowhere.
    public init(
        _ keeper: K, nodes: any NodeViewing, quorum: QuorumCheck = QuorumCheck(), executor: any ActionExecutor,
        journal: any DecisionLog, memories: StoredMemory? = nil, logger: Logger
    ) {
        self.keeper = keeper
        self.nodes = nodes
        self.quorum = quorum
        self.executor = executor
        self.journal = journal
        self.memories = memories
        self.logger = logger
    }

    /// With one node.
    public init(_ keeper: K, provider: Provider, executor: any ActionExecutor, journal: any DecisionLog, logger: Logger) {
        self.init(keeper, nodes: SingleNode(provider), executor: executor, journal: journal, logger: logger)
    }

    /// What one tick saw and did.
    public struct Tick: Sendable {
        public var head: BlockHeader
        /// The node that the facts are from.
        public var endpoint: String
        public var snapshot: K.Snapshot
        public var decision: Decision
        /// What other nodes say about it; `nil` if they were not asked, because nothing new was to be sent or the quorum is 1.
        public var verdict: QuorumVerdict?
        /// Alerts of the runner's own.
        public var alerts: [Alert]
        public var outcomes: [Outcome]
    }

    /// One tick at one head.
    /// - Throws: `RPCError` if no node gives usable answers, `JournalError` or `StoreError` if the decision cannot be written down:
    ///   then nothing was executed.
    public func tick(at head: BlockHeader, memory: inout K.Memory) async throws -> Tick {
        var outcomes: [Outcome] = []
        for outcome in await executor.settle(at: head) {
            try journal.append(JournalRecord.outcome(outcome, at: head))
            outcomes.append(outcome)
        }
        let (endpoint, snapshot, inputs) = try await observe(head)
        let before = memory
        let decision = keeper.decide(snapshot, &memory)
        let evidence = try inputs.map {
            try DecisionEvidence(endpoint: endpoint, inputs: $0, snapshot: snapshot, memory: before)
        }
        try journal.append(JournalRecord.decision(decision, at: head, evidence))
        try memories?.save(memory, after: before)
        let verdict = try await verdict(
            on: .init(keeper: keeper, memory: before, head: head, snapshot: snapshot, decision: decision, endpoint: endpoint))
        let refusal = verdict?.refusal
        for action in decision.actions {
            let outcome: Outcome =
                if let refusal, case .transact(let intent) = action, executor.begins(intent) {
                    .refused(intent: intent.id, reason: refusal)
                } else {
                    await executor.execute(action, at: head)
                }
            if outcome != .noted { try journal.append(JournalRecord.outcome(outcome, at: head)) }
            outcomes.append(outcome)
        }
        for outcome in await executor.finish(at: head) {
            try journal.append(JournalRecord.outcome(outcome, at: head))
            outcomes.append(outcome)
        }
        let keeperName = verdict?.transactions.first?.id.keeper
        let alerts = keeperName.flatMap { verdict?.alert(keeper: $0, block: head.number) }.map { [$0] } ?? []
        for alert in alerts { _ = await executor.execute(.alert(alert), at: head) }
        return Tick(
            head: head, endpoint: endpoint, snapshot: snapshot, decision: decision, verdict: verdict, alerts: alerts,
            outcomes: outcomes)
    }

    /// All facts from one node. One that fails on the way is given up, and another begins anew: facts are never mixed.
    private func observe(
        _ head: BlockHeader
    ) async throws -> (endpoint: String, snapshot: K.Snapshot, inputs: InputDigest?) {
        var asked: Set<String> = []
        var failure: RPCError?
        while let view = nodes.view(at: head, besides: asked) {
            asked.insert(view.label)
            let digesting = journal.keepsEvidence ? DigestingTransport(view.provider.transport) : nil
            let provider = digesting.map { Provider($0) } ?? view.provider
            do {
                let snapshot = try await RecordingScope.$head.withValue(head) {
                    try await keeper.observe(head, through: provider)
                }
                return (view.label, snapshot, digesting?.digest)
            } catch let error as RPCError {
                logger.debug("\(view.label) could not be observed", metadata: ["error": .string("\(error)")])
                view.discredit("\(error)")
                failure = failure ?? error
            }
        }
        throw failure ?? RPCError(.unreachable, "there is no node to ask")
    }

    /// Asks other nodes if something new would be sent.
    private func verdict(on question: QuorumCheck.Question<K>) async throws -> QuorumVerdict? {
        guard quorum.quorum > 1 else { return nil }
        let spends = question.decision.actions.contains { action in
            if case .transact(let intent) = action { executor.begins(intent) } else { false }
        }
        guard spends else { return nil }
        let verdict = try await quorum.verdict(on: question, nodes)
        try journal.append(JournalRecord.quorum(verdict, at: question.head))
        return verdict
    }
}
