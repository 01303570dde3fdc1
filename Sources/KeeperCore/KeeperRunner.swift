public import EthRPC
public import Logging

/// The one loop behind every verb: observe, decide, write down, execute.
public struct KeeperRunner<K: Keeper>: Sendable {
    public let keeper: K
    let provider: Provider
    let executor: any ActionExecutor
    let journal: Journal
    let logger: Logger

    public init(_ keeper: K, provider: Provider, executor: any ActionExecutor, journal: Journal, logger: Logger) {
        self.keeper = keeper
        self.provider = provider
        self.executor = executor
        self.journal = journal
        self.logger = logger
    }

    /// What one tick saw and did.
    public struct Tick: Sendable {
        public var head: BlockHeader
        public var snapshot: K.Snapshot
        public var decision: Decision
        public var outcomes: [Outcome]
    }

    /// One tick at one head.
    /// - Throws: `RPCError` if the node gives no usable answer, `JournalError` if the decision cannot be written down: then
    ///   nothing was executed.
    public func tick(at head: BlockHeader, memory: inout K.Memory) async throws -> Tick {
        var outcomes: [Outcome] = []
        for outcome in await executor.settle(at: head) {
            try journal.append(JournalRecord.outcome(outcome, at: head))
            outcomes.append(outcome)
        }
        let snapshot = try await RecordingScope.$head.withValue(head) {
            try await keeper.observe(head, through: provider)
        }
        let decision = keeper.decide(snapshot, &memory)
        try journal.append(JournalRecord.decision(decision, at: head))
        for action in decision.actions {
            let outcome = await executor.execute(action, at: head)
            if outcome != .noted { try journal.append(JournalRecord.outcome(outcome, at: head)) }
            outcomes.append(outcome)
        }
        return Tick(head: head, snapshot: snapshot, decision: decision, outcomes: outcomes)
    }
}
