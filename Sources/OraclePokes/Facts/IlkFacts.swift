public import EthPrimitives

/// A collateral type as Spotter and Vat hold it.
public struct IlkFacts: Codable, Sendable, Hashable {
    public var name: String
    /// The price feed that the Spotter asks.
    public var pip: Address
    /// The configured oracle behind the feed; `nil` if it is none of them, such as an unknown wrapper.
    public var oracle: String?
    /// Liquidation ratio, ray.
    public var mat: UInt256
    /// Normalised debt, wad.
    public var art: UInt256
    /// Price with safety margin, ray.
    public var spot: UInt256
    /// Debt ceiling, rad.
    public var line: UInt256

    public init(name: String, pip: Address, oracle: String?, mat: UInt256, art: UInt256, spot: UInt256, line: UInt256) {
        self.name = name
        self.pip = pip
        self.oracle = oracle
        self.mat = mat
        self.art = art
        self.spot = spot
        self.line = line
    }

    /// No debt and none allowed: its spot matters to nobody (the rule of OracleJob).
    public var isDead: Bool { art == .zero && line == .zero }

    /// The spot that `Spotter.poke` writes for a price: `rdiv(rdiv(val × 10⁹, par), mat)`, floor at each step; zero without a
    /// valid price; `nil` where the contract would revert.
    public static func spot(for price: Reading, par: UInt256, mat: UInt256) -> UInt256? {
        guard price.isValid else { return .zero }
        let ray = UInt256(1_000_000_000_000_000_000_000_000_000)
        func rdiv(_ x: UInt256, _ y: UInt256) -> UInt256? {
            let (product, overflow) = x.multipliedReportingOverflow(by: ray)
            return overflow || y == .zero ? nil : product / y
        }
        let (scaled, overflow) = price.value.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow, let relative = rdiv(scaled, par) else { return nil }
        return rdiv(relative, mat)
    }
}
