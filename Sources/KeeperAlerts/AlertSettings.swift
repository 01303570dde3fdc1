public import EthPrimitives

/// What an operator says about alerts, and whose they are.
public struct AlertSettings: Sendable, Hashable {
    /// How long work is due, in seconds, until lateness has each severity. In this order, each more than the one before.
    public struct Late: Sendable, Hashable {
        public var notify: UInt64
        public var urgent: UInt64
        public var page: UInt64
        public var critical: UInt64

        public init(notify: UInt64 = 300, urgent: UInt64 = 600, page: UInt64 = 1800, critical: UInt64 = 3600) {
            (self.notify, self.urgent, self.page, self.critical) = (notify, urgent, page, critical)
        }
    }

    /// The keeper's configured name.
    public var keeper: String
    public var chain: ChainID
    /// Whose transactions these are; `nil` where nothing is signed.
    public var account: Address?
    /// Names of the nodes. Keepers that ask the same ones share the incidents of nodes.
    public var nodes: [String]
    public var late = Late()
    /// A wallet that lasts for less than this is told of, seconds.
    public var runwayBelow: UInt64 = 7 * 86_400
    /// What was seen in a block is told once that many blocks stand on it, or it was true for as long.
    public var confirmations: UInt64 = 2
    /// Seconds from block to block.
    public var blockTime: UInt64 = 12
    /// Blocks until transactions count as final: deeper reorganisations are told of.
    public var finality: Int = 3
    /// Where the runbooks are, a URL or a folder; the page of a kind is `NAME.md` in it.
    public var runbooks = "Documentation/runbooks"

    public init(keeper: String, chain: ChainID, account: Address? = nil, nodes: [String] = []) {
        (self.keeper, self.chain, self.account, self.nodes) = (keeper, chain, account, nodes)
    }

    /// The page that says what an alert means and what to do.
    public func runbook(_ kind: AlertKind) -> String {
        (runbooks.hasSuffix("/") ? String(runbooks.dropLast()) : runbooks) + "/\(kind.rawValue).md"
    }
}
