/// Gas and wei, signed: what one cause saved (positive) or cost (negative).
public struct Saving: Sendable, Hashable {
    public var gas: Int64
    public var wei: Int128

    public init(gas: Int64 = 0, wei: Int128 = 0) {
        self.gas = gas
        self.wei = wei
    }

    public static func + (a: Self, b: Self) -> Self { Saving(gas: a.gas + b.gas, wei: a.wei + b.wei) }
    public static func - (a: Self, b: Self) -> Self { Saving(gas: a.gas - b.gas, wei: a.wei - b.wei) }
}
