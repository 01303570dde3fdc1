/// How long a manager waits. What comes later than that is not used.
public struct ManagerLimits: Sendable, Hashable {
    /// For a signature. A slot of mainnet is 12 seconds.
    public var signing = Duration.seconds(10)
    /// For the nodes' answers to signed bytes; the pool's own limit comes first.
    public var broadcast = Duration.seconds(20)
    /// For a view from one node.
    public var view = Duration.seconds(10)
    /// For what each of the other nodes says of its pool.
    public var pools = Duration.seconds(3)
    /// For the search of a nonce in final blocks.
    public var location = Duration.seconds(30)
    /// For a tick: work that takes longer goes on, and its news come with a later tick.
    public var tick = Duration.seconds(10)

    public init() {}
}
