import EthPrimitives

/// One node: the head it follows, and what of the account's transactions its pool holds.
struct SimNode: Sendable {
    /// Index of the block.
    var head = 0
    /// Follows nothing before this height of the world.
    var sleepsUntil: UInt64 = 0
    /// Blocks by which its index of transactions lags.
    var indexLag: UInt64 = 0
    var pool: [Pooled] = []
    /// Least tip that the pool takes.
    var tipFloor: UInt64 = 1
    /// Refuses what the next block cannot hold.
    var asksForBaseFee = false
    /// Blocks for which it keeps the state, below the highest that it had.
    var keepsStates = UInt64.max
    var highest: UInt64 = 0
    /// Shows transactions behind a gap too.
    var showsQueue = false

    struct Pooled: Sendable {
        var transaction: Int
        var nonce: Nonce
        /// Height of the world at which it came into any pool.
        var since: UInt64
    }

    /// Whether it has forgotten the state of a block.
    func hasPruned(_ number: UInt64) -> Bool { highest > number && highest - number > keepsStates }

    func holds(_ transaction: Int) -> Bool { pool.contains { $0.transaction == transaction } }
}
