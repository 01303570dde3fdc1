public import EthCodec
public import EthPrimitives
public import EthRPC
public import KeeperCore

/// What a keeper's executable tells the application: its name, its configuration, its keeper. The verbs come from here.
public protocol KeeperProgram: SendableMetatype {
    associatedtype K: Keeper
    /// The keeper's own section, read and checked.
    associatedtype Configuration: Sendable

    /// Name of the program and of its section in the configuration.
    static var name: String { get }
    static var summary: String { get }

    /// Reads the keeper's section.
    static func configuration(_ section: ConfigReader, _ common: KeeperConfiguration) throws(ConfigError) -> Configuration

    /// Checks what single keys do not show; called when every key is known.
    static func check(_ configuration: Configuration, _ common: KeeperConfiguration) throws(ConfigError)

    /// Makes the keeper; names are resolved at the head's block.
    static func keeper(
        _ configuration: Configuration, _ common: KeeperConfiguration, sender: Address?, at head: BlockHeader,
        through provider: Provider
    ) async throws -> K

    /// Contracts whose logs a recording keeps as evidence of what others did.
    static func watched(_ keeper: K) -> [Address]

    /// What its transactions call: selectors by contract. The signer signs no other call.
    static func callable(_ keeper: K) -> [Address: Set<Selector>]

    /// A world for a backtest.
    /// - Parameter feesNow: wei per gas at which savings are also priced.
    static func backtest(_ keeper: K, _ common: KeeperConfiguration, feesNow: Wei) -> any BacktestWorld<K.Snapshot>

    /// What a dry run prints: for people, and for machines.
    static func describe(_ tick: KeeperRunner<K>.Tick, _ keeper: K, _ common: KeeperConfiguration) -> (text: String, json: JSON)
}
