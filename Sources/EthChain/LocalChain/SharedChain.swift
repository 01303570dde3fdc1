import EthRPC

/// What the lock of a local chain is for.
struct SharedChain {
    var core: ChainCore
    /// Copies that one can come back to.
    var snapshots: [ChainCore] = []
    /// Who wants to hear of new heads.
    var listeners: [Int: AsyncThrowingStream<BlockHeader, any Error>.Continuation] = [:]
    /// How many ever wanted to.
    var listened = 0

    init(core: ChainCore) { self.core = core }

    /// Tells the head to all who listen.
    func tell() { for listener in listeners.values { listener.yield(core.head.brief) } }
}
