/// An amount of money in wei, or a price in wei per unit of gas.
@frozen
public struct Wei: Sendable, Hashable, Comparable, Codable {
    public var rawValue: UInt256

    @inlinable
    public init(_ value: UInt256) { rawValue = value }

    public static let zero = Wei(.zero)
    public static func gwei(_ count: UInt64) -> Wei { Wei(UInt256(count) * 1_000_000_000) }
    public static func ether(_ count: UInt64) -> Wei { Wei(UInt256(count) * 1_000_000_000_000_000_000) }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    /// Saturates at 2²⁵⁶ − 1, which no cap admits: what a node claims must not stop a process.
    public static func + (a: Self, b: Self) -> Self {
        let (sum, overflow) = a.rawValue.addingReportingOverflow(b.rawValue)
        return Wei(overflow ? .max : sum)
    }
    public static func - (a: Self, b: Self) -> Self { Wei(a.rawValue - b.rawValue) }
    public static func += (a: inout Self, b: Self) { a = a + b }

    /// The cost of an amount of gas at this price; saturates like `+`.
    public static func * (price: Self, gas: Gas) -> Self {
        let (product, overflow) = price.rawValue.multipliedReportingOverflow(by: UInt256(gas))
        return Wei(overflow ? .max : product)
    }

    public init(from decoder: any Decoder) throws { rawValue = try UInt256(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}

/// Why a text is not an amount.
public enum WeiError: Error, Equatable, Sendable, CustomStringConvertible {
    case missingUnit(String)
    case unknownUnit(String)
    case number(DecimalError, unit: String)

    public var description: String {
        switch self {
        case .missingUnit(let text):
            "\"\(text)\" is not an amount, expected a number and a unit, such as \"3 gwei\" or \"0.05 ether\""
        case .unknownUnit(let unit):
            "unknown unit \"\(unit)\", expected wei, kwei, mwei, gwei, szabo, finney or ether"
        case .number(let error, let unit): "\(error), in \(unit)"
        }
    }
}

extension Wei: CustomStringConvertible {
    /// Parses `1.5 gwei`, `0.01 ether` (or `eth`), `21000 wei`: a plain decimal and a unit, which is never left out.
    public init(parsing text: String) throws(WeiError) {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { throw .missingUnit(text) }
        let name = String(parts[1])
        guard let unit = Denomination(named: name) else { throw .unknownUnit(name) }
        do {
            rawValue = try unit.parse(String(parts[0]))
        } catch {
            throw .number(error, unit: name)
        }
    }

    /// The amount in the unit that keeps it exact and short: `0.05 ether`, `60 gwei`, `21000 wei`.
    public var description: String {
        let value = rawValue
        if value == .zero { return "0 wei" }
        if value < 1_000_000 { return "\(value) wei" }
        if value < 1_000_000_000_000_000 { return "\(Denomination.gwei.text(value)) gwei" }
        return "\(Denomination.ether.text(value)) ether"
    }

    /// The exact number of a unit, without trailing zeros.
    public func text(in unit: Denomination) -> String { unit.text(rawValue) }

    /// The exact decimal in units of 10^decimals wei, without trailing zeros. Traps above 77 decimals, where no such unit is.
    public func decimal(_ decimals: Int) -> String { Self.unit(decimals).text(rawValue) }

    /// The decimal in units of 10^decimals wei cut (not rounded) to `places` digits after the point.
    public func fixed(_ decimals: Int, places: Int) -> String { Self.unit(decimals).text(rawValue, places: places) }

    private static func unit(_ decimals: Int) -> Denomination {
        // Callers name units in code; what users write goes through `Denomination`.
        guard let unit = Denomination(decimals: decimals) else { preconditionFailure("there is no unit of \(decimals) decimals") }
        return unit
    }
}
