public import EthRPC
public import KeeperTransactions
public import OraclePokes

/// A way to poke: what it considers, and what it decides at a head. It is a value that may remember what it saw.
public protocol PokeStrategy: Sendable {
    var name: String { get }

    /// The plans whose calls it wants executed before it decides; nothing is executed yet.
    func plans(_ view: PokeView) -> [PokePlan]

    /// Judges what stands at a head.
    mutating func decide(_ view: PokeView) -> PokeVerdict
}

/// What a strategy sees at a head.
public struct PokeView: Sendable {
    public var head: BlockHeader
    /// Unix seconds of the block that a poke would be in.
    public var inclusion: UInt64
    public var facts: PokeFacts
    public var fees: FeeFacts
    /// Its plans, executed as in the block after the head, in their order.
    public var executions: [PokeExecution]

    public init(head: BlockHeader, inclusion: UInt64, facts: PokeFacts, fees: FeeFacts, executions: [PokeExecution] = []) {
        self.head = head
        self.inclusion = inclusion
        self.facts = facts
        self.fees = fees
        self.executions = executions
    }
}

/// What a strategy decided.
public struct PokeVerdict: Sendable, Hashable {
    /// `nil` if it waits.
    public var intent: TransactionIntent?
    public var reason: String

    public init(intent: TransactionIntent?, reason: String) {
        self.intent = intent
        self.reason = reason
    }
}
