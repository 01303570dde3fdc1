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
    case missingUnit
    case unknownUnit(String)
    case notANumber(String)
    case tooPrecise(String)
    case tooLarge

    public var description: String {
        switch self {
        case .missingUnit: "expected an amount with a unit, such as \"3 gwei\" or \"0.05 ether\""
        case .unknownUnit(let unit): "unknown unit \"\(unit)\", expected wei, gwei or ether"
        case .notANumber(let text): "\"\(text)\" is not a decimal number"
        case .tooPrecise(let text): "\"\(text)\" has digits below one wei"
        case .tooLarge: "the amount exceeds 256 bits"
        }
    }
}

extension Wei: CustomStringConvertible {
    /// Parses `1.5 gwei`, `0.01 ether` (or `eth`), `21000 wei`: a plain decimal and a unit, which is never left out.
    public init(parsing text: String) throws(WeiError) {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { throw .missingUnit }
        let decimals: Int
        switch parts[1].lowercased() {
        case "wei": decimals = 0
        case "gwei": decimals = 9
        case "ether", "eth": decimals = 18
        default: throw .unknownUnit(String(parts[1]))
        }
        let number = String(parts[0])
        let halves = number.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let digits = halves.joined()
        guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty }), digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .notANumber(number)
        }
        let fraction = halves.count == 2 ? halves[1].utf8.count : 0
        guard fraction <= decimals else { throw .tooPrecise(text) }
        guard let value = UInt256(digits + String(repeating: "0", count: decimals - fraction)) else { throw .tooLarge }
        rawValue = value
    }

    /// The amount in the largest unit that keeps it exact and short: `0.05 ether`, `60 gwei`, `21000 wei`.
    public var description: String {
        let value = rawValue
        if value == .zero { return "0 wei" }
        if value < 1_000_000 { return "\(value) wei" }
        if value < 1_000_000_000_000_000 { return "\(decimal(9)) gwei" }
        return "\(decimal(18)) ether"
    }

    /// The exact decimal in units of 10^decimals wei, without trailing zeros.
    public func decimal(_ decimals: Int) -> String {
        var text = fixed(decimals, places: decimals)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }

    /// The decimal in units of 10^decimals wei cut (not rounded) to `places` digits after the point.
    public func fixed(_ decimals: Int, places: Int) -> String {
        let digits = rawValue.description
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let whole = padded.dropLast(decimals)
        let fraction = padded.suffix(decimals).prefix(places)
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }
}
