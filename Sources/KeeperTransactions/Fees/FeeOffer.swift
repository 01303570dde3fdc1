public import EthTransactions

/// Fee caps, and what shaped them.
public struct FeeOffer: Sendable, Hashable {
    /// Of a legacy chain, the gas price twice.
    public var caps: FeeCaps
    /// The market asks for less than the least tip of the configuration: the floor is what is paid.
    public var isFloorBinding: Bool
    /// The market asks for more than the cap admits.
    public var isCapBinding: Bool
    /// Whether the next block may include it.
    public var isIncludable: Bool
}
