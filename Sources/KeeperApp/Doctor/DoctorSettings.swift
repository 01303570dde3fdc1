public import EthPrimitives
import KeeperCore
public import EthRPC

/// What the doctor expects of nodes, and how much it asks of them.
public struct DoctorSettings: Sendable {
    /// The chain that nodes should be on; `nil` for the one that most of them are on.
    public var chainID: ChainID?
    /// Blocks behind the best head from which on a node is said to lag.
    public var maxLag: UInt64 = 2
    /// Seconds after which a head is too old; `nil` where blocks are made on demand.
    public var maxHeadAge: UInt64?
    /// Exchanges that are timed.
    public var probes = 20
    /// The largest batch that is tried; 0 tries none.
    public var batchCap = 100
    /// Whether the oldest block with state is looked for, with 25 requests or so.
    public var looksForArchive = false
    /// For one exchange.
    public var timeout: Duration = .seconds(10)
    /// The protocol's directory of addresses, which is compared where it is known.
    public var chainlog: Address?
    /// Whether what is not said here follows from what is known of the chain.
    public var usesPresets = true
    /// More reads that all nodes should answer alike.
    public var reads: [ComparedRead] = []
    /// Where durations come from.
    public var clock = RPCClock.continuous
    /// Unix seconds.
    public var now: @Sendable () -> UInt64 = { TimeSource.wallSeconds }

    public init() {}

    /// With what is known of a chain.
    func completed(for chainID: ChainID?) -> Self {
        guard usesPresets, let preset = chainID.flatMap(ChainPreset.named) else { return self }
        var copy = self
        copy.chainlog = chainlog ?? preset.chainlog
        copy.maxHeadAge = maxHeadAge ?? preset.slots.map { $0.length * 5 }
        return copy
    }

    /// Answers slower than this are remarked upon: a keeper makes several exchanges in a slot of 12 seconds.
    static let slow = Duration.seconds(2)
    /// Full nodes keep the state of 128 blocks: nodes that are further behind than half of that are not asked for state.
    static let stateDepth: UInt64 = 64
    /// Blocks below the lowest head at which nodes are compared, so that a block that is just being replaced is no disagreement.
    static let settledDepth: UInt64 = 2
}
