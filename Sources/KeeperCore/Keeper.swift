public import EthRPC

/// A program that watches contracts and acts on them: it observes facts at one block, decides from those facts alone, and leaves
/// the deed to an executor. The same keeper serves `run`, `dry-run`, `record` and `backtest`.
public protocol Keeper: Sendable {
    /// Facts at one block.
    associatedtype Snapshot: Codable & Sendable
    /// What is carried from tick to tick; empty for most.
    associatedtype Memory: Codable & Sendable

    var initialMemory: Memory { get }

    /// Reads the facts, all pinned to the head's hash.
    /// - Throws: `RPCError` when the node gives no usable answer.
    func observe(_ head: BlockHeader, through provider: Provider) async throws -> Snapshot

    /// Judges the facts: synchronous, total, no clock, no I/O. Level-triggered: the same world gives the same answer.
    func decide(_ snapshot: Snapshot, _ memory: inout Memory) -> Decision

    /// Unix seconds of the earliest block worth observing after this head; heads before it are passed over.
    func nextWake(after head: BlockHeader) -> UInt64
}

/// Memory of a keeper that remembers nothing.
public struct NoMemory: Codable, Sendable, Hashable {
    public init() {}
}

extension Keeper where Memory == NoMemory {
    public var initialMemory: NoMemory { NoMemory() }
}
