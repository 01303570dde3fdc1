public import EthCodec
public import EthPrimitives
public import EthRPC
public import KeeperCore

/// What a keeper's executable tells the application: its name, its configuration, its keeper. The verbs come from here.
public protocol KeeperProgram: SendableMetatype {
    associatedtype K: Keeper
    /// The keeper's own section, read and checked.
    associatedtype Configuration: Sendable
    /// What is looked up on the chain once, before the first head. It is kept in the journal: with it and the configuration alone
    /// the same keeper can be made again, without a node.
    associatedtype Setup: Codable & Sendable

    /// Name of the program and of its section in the configuration.
    static var name: String { get }
    static var summary: String { get }

    /// Reads the keeper's section.
    static func configuration(_ section: ConfigReader, _ common: KeeperConfiguration) throws(ConfigError) -> Configuration

    /// Checks what single keys do not show; called when every key is known.
    static func check(_ configuration: Configuration, _ common: KeeperConfiguration) throws(ConfigError)

    /// Looks up what the configuration only names, at the head's block.
    /// - Parameter sender: the account that simulations name as sender.
    static func setup(
        _ configuration: Configuration, _ common: KeeperConfiguration, sender: Address?, at head: BlockHeader,
        through provider: Provider
    ) async throws -> Setup

    /// Makes the keeper.
    /// - Throws: `ConfigError` if the setup is that of a configuration which reads other facts.
    static func keeper(
        _ configuration: Configuration, _ common: KeeperConfiguration, _ setup: Setup
    ) throws(ConfigError) -> K

    /// The period that a time belongs to, in unix seconds: what is wished in it is one intent's epoch.
    static func epoch(at time: UInt64, _ configuration: Configuration) -> Range<UInt64>

    /// What a keeper is there for, piece by piece, as a snapshot shows it: what is due, and what was last done.
    static func work(_ snapshot: K.Snapshot, _ keeper: K, at head: BlockHeader) -> [Work]

    /// The contracts it works on, as they stand at a head, for `status`.
    static func standing(_ keeper: K, at head: BlockHeader, through provider: Provider) async throws -> Standing

    /// Seconds from when work is due to when it counts as late.
    static func deadline(_ configuration: Configuration) -> UInt64

    /// Contracts whose logs a recording keeps as evidence of what others did.
    static func watched(_ keeper: K) -> [Address]

    /// What its transactions call: selectors by contract. The signer signs no other call.
    static func callable(_ keeper: K) -> [Address: Set<Selector>]

    /// A world for a backtest.
    /// - Parameter feesNow: wei per gas at which savings are also priced.
    static func backtest(_ keeper: K, _ common: KeeperConfiguration, feesNow: Wei) -> any BacktestWorld<K.Snapshot>

    /// Ways of this keeper that have a name, for comparisons.
    static var strategies: [NamedStrategy] { get }

    /// Compares strategies over a scenario.
    /// - Throws: `ConfigError` if this keeper's ways cannot be compared; what is wrong with the scenario.
    static func study(_ request: StudyRequest<Configuration>) async throws -> StudyReport

    /// What `calibrate` does, in a line; `nil`: this keeper has no such verb.
    static var calibrationSummary: String? { get }

    /// What the keeper believes about costs, to be compared with recordings.
    /// - Throws: `ConfigError` if there is nothing to calibrate.
    static func calibration(_ keeper: K, _ common: KeeperConfiguration) throws(ConfigError) -> any Calibration<K.Snapshot>

    /// What a dry run prints: for people, and for machines.
    static func describe(_ tick: KeeperRunner<K>.Tick, _ keeper: K, _ common: KeeperConfiguration) -> (text: String, json: JSON)
}
