public import EthPrimitives

/// What a comparison of strategies is asked for.
public struct StudyRequest<Configuration: Sendable>: Sendable {
    /// A named way with the configuration that it has.
    public struct Strategy: Sendable {
        public var name: String
        public var common: KeeperConfiguration
        public var configuration: Configuration
    }

    /// The scenario's file.
    public var scenario: String
    public var strategies: [Strategy]
    /// Whether prices come from the table of a real chain with the real contracts, and not from execution of the scenario's.
    public var usesTable: Bool
    /// Unix seconds: slots before and from there on do not count.
    public var from: UInt64?
    public var to: UInt64?
    /// Strategies at a time.
    public var parallelism: Int
    /// Wei per gas at which savings are shown once more.
    public var feesNow: Wei
    /// Whether each poke is kept with all that another machine needs to execute it again.
    public var keepsPokes: Bool
    /// Told slots that are done, of all strategies together, and how many there are.
    public var progress: @Sendable (Int, Int) -> Void
}

/// A finished comparison.
public struct StudyReport: Sendable {
    /// For people: on the terminal, and as a page.
    public var text: String
    public var page: String
    /// For machines: JSON with sorted keys, and a line for each slot and strategy.
    public var json: String
    public var csv: String
    /// Each poke with what another machine needs to execute it again, a JSON object a line; empty unless asked for.
    public var pokes: [UInt8]

    public init(text: String, page: String, json: String, csv: String, pokes: [UInt8] = []) {
        self.text = text
        self.page = page
        self.json = json
        self.csv = csv
        self.pokes = pokes
    }
}
