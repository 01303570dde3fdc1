public import EthPrimitives
public import EthTransactions
public import KeeperCore

/// When a keeper acts.
public enum KeeperMode: String, Sendable, CaseIterable, Codable {
    /// At once.
    case primary
    /// Only if nobody else has acted for some time.
    case backup
}

/// What all keepers have in common.
public struct KeeperConfiguration: Sendable {
    public var name: String
    public var mode: KeeperMode
    public var clock: TimeSource
    public var chainID: ChainID
    public var chainlog: Address?
    /// Whose rules hold on all blocks, where a person says so.
    public var fork: Fork?
    /// How the chain shows which blocks are final.
    public var finality = Finality.tag
    /// When the chain's blocks are made; `nil` where they are made on demand, or nothing is known.
    public var slots: SlotTiming?
    public var nodes: NodesConfiguration
    /// Seconds after which a head is too old to act on.
    public var maxHeadAge: UInt64
    /// Seconds between observations when nothing is near.
    public var idleInterval: UInt64
    /// Milliseconds between polls for a new head when one is expected.
    public var pollMilliseconds: UInt64
    /// Seconds before a slot from which on every block is observed.
    public var windowBefore: UInt64
    public var policy: SpendingPolicy
    /// Wei per gas.
    public var minPriorityFeePerGas: Wei
    /// Percent on top of the gas that is needed.
    public var gasLimitMargin: UInt64
    /// The account that simulations name as sender when there is no signer.
    public var from: Address?
    var signer: SignerConfiguration?
    /// Path of the store: what is in flight, the journal of decisions, the keeper's memory. Only `run` writes it.
    public var store: String?
    public var log: LogConfiguration
    /// Where probes, metrics and status are served; `nil` for nowhere.
    public var ops: OpsConfiguration?
    /// What people are told of, and by whom.
    public var alerts = AlertsConfiguration()
}

/// How logs are written.
public struct LogConfiguration: Sendable {
    public enum Format: String, Sendable, CaseIterable { case text, json }
    public enum Level: String, Sendable, CaseIterable { case trace, debug, info, warning, error }
    public var format: Format
    public var level: Level
}
