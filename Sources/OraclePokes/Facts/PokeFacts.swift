public import EthPrimitives

/// Everything about oracles and collateral types that a poke depends on, at one block.
public struct PokeFacts: Codable, Sendable, Hashable {
    /// Oracles in the order of the configuration, which is that of the MegaPoker.
    public var oracles: [OracleFacts]
    /// Collateral types in the same order; empty where only the oracles were read.
    public var ilks: [IlkFacts]
    /// Reference price of the system's currency, ray.
    public var par: UInt256
    /// `last` of a MegaPoker with a daily block: unix seconds of its last run; `nil` for the others.
    public var dailyLast: UInt64?

    public init(oracles: [OracleFacts], ilks: [IlkFacts] = [], par: UInt256 = .zero, dailyLast: UInt64? = nil) {
        self.oracles = oracles
        self.ilks = ilks
        self.par = par
        self.dailyLast = dailyLast
    }

    /// Whether sources and collateral types were read too.
    public var isComplete: Bool { !ilks.isEmpty && oracles.allSatisfy { $0.sourceReading != .unread } }

    public func oracle(_ name: String?) -> OracleFacts? { oracles.first { $0.name == name } }

    /// Whether the daily block runs at a time: `last <= time − 86400`.
    public func runsDailyBlock(at time: UInt64) -> Bool { dailyLast.map { time >= 86_400 && $0 <= time - 86_400 } ?? false }
}
