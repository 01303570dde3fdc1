public import EthPrimitives
public import OraclePokes

/// A poke of one strategy, as it was included.
public struct PricedPoke: Sendable, Hashable {
    public enum Fate: String, Sendable, Hashable, Codable {
        case complete
        /// Status 1, and an inner call had no gas.
        case starved
        /// Status 0: all gas paid, nothing done.
        case failed
        /// Somebody else was first: nothing was left to do.
        case late
    }

    public var method: PokeMethod
    /// Whether it was sent with an access list.
    public var isListed: Bool
    /// Oracles that it advanced.
    public var oracles: [String]
    /// Collateral types that it poked.
    public var ilks: [String]
    /// Number and unix seconds of its block.
    public var block: UInt64
    public var time: UInt64
    /// As in the receipt.
    public var gasUsed: Gas
    public var gasLimit: Gas
    /// Wei per gas.
    public var baseFee: Wei
    public var priorityFee: Wei
    /// Wei per gas that the limit reserves.
    public var maxFeePerGas: Wei
    public var fate: Fate

    public init(
        method: PokeMethod, isListed: Bool, oracles: [String], ilks: [String], block: UInt64, time: UInt64, gasUsed: Gas,
        gasLimit: Gas, baseFee: Wei, priorityFee: Wei, maxFeePerGas: Wei, fate: Fate
    ) {
        self.method = method
        self.isListed = isListed
        self.oracles = oracles
        self.ilks = ilks
        self.block = block
        self.time = time
        self.gasUsed = gasUsed
        self.gasLimit = gasLimit
        self.baseFee = baseFee
        self.priorityFee = priorityFee
        self.maxFeePerGas = maxFeePerGas
        self.fate = fate
    }

    /// Wei per gas that was paid.
    public var price: Wei { baseFee + priorityFee }
}
