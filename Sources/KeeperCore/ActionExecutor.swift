public import KeeperTransactions
public import EthRPC

/// Performs what was decided.
public protocol ActionExecutor: Sendable {
    /// Performs an action, or goes on with it: an action that is under way is never begun again.
    func execute(_ action: Action, at head: BlockHeader) async -> Outcome

    /// Whether something is in flight, so that no head may be passed over.
    var needsEveryHead: Bool { get }

    /// Unix seconds of the block at which what is in flight must be looked after again, where no head is needed before.
    var nextLook: UInt64 { get }

    /// Whether executing this intent would sign something new, and not only go on with what is under way or done.
    func begins(_ intent: TransactionIntent) -> Bool

    /// Looks after what is in flight, at each head, before the keeper is asked.
    func settle(at head: BlockHeader) async -> [Outcome]

    /// All actions of the decision at this head have been executed: what was not among them is not wanted.
    func finish(at head: BlockHeader) async -> [Outcome]
}

extension ActionExecutor {
    public var needsEveryHead: Bool { false }
    public var nextLook: UInt64 { .max }
    public func begins(_ intent: TransactionIntent) -> Bool { true }
    public func settle(at head: BlockHeader) async -> [Outcome] { [] }
    public func finish(at head: BlockHeader) async -> [Outcome] { [] }
}
