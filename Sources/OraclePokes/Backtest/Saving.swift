public import EthPrimitives

/// Gas and wei, signed: what one cause saved (positive) or cost (negative).
public struct Saving: Sendable, Hashable {
    public var gas: Int64
    public var wei: Int128

    public init(gas: Int64 = 0, wei: Int128 = 0) {
        self.gas = gas
        self.wei = wei
    }

    /// What gas costs at a price, wei per gas.
    public static func cost(_ gas: Gas, at price: Wei) -> Saving {
        Saving(gas: Int64(clamping: gas), wei: Int128(clamping: gas) * price.signed)
    }

    public static func + (a: Self, b: Self) -> Self { Saving(gas: a.gas + b.gas, wei: a.wei + b.wei) }
    public static func - (a: Self, b: Self) -> Self { Saving(gas: a.gas - b.gas, wei: a.wei - b.wei) }
}

extension Wei {
    /// Prices are far below 2¹²⁷ wei: a fee cap, or the form of a scenario, bounds them.
    package var signed: Int128 { Int128(clamping: rawValue.asUInt128 ?? .max) }
}
