/// A unit of money that is a power of ten of the smallest one: ether is 10¹⁸ wei, a token with six decimals counts millionths.
///
/// Numbers are read and written exactly; no floating point is involved.
public struct Denomination: Sendable, Hashable {
    /// How many digits a whole unit has behind its first: 18 for ether.
    public let decimals: Int
    /// How many of the smallest unit one is: 10 to the power of `decimals`.
    public let scale: UInt256

    /// `nil` outside 0 … 77: 10⁷⁸ exceeds 256 bits.
    public init?(decimals: Int) {
        guard (0...77).contains(decimals) else { return nil }
        self.init(checked: decimals)
    }

    private init(checked decimals: Int) {
        self.decimals = decimals
        scale = (0..<decimals).reduce(UInt256(1)) { power, _ in power * 10 }
    }

    public static let wei = Self(checked: 0)
    public static let kwei = Self(checked: 3)
    public static let mwei = Self(checked: 6)
    public static let gwei = Self(checked: 9)
    public static let szabo = Self(checked: 12)
    public static let finney = Self(checked: 15)
    public static let ether = Self(checked: 18)

    /// The units of Ethereum with their names, smallest first.
    public static let named: [(name: String, unit: Denomination)] = [
        ("wei", wei), ("kwei", kwei), ("mwei", mwei), ("gwei", gwei), ("szabo", szabo), ("finney", finney), ("ether", ether),
    ]

    /// A unit of Ethereum by its name in any case; `eth` is ether. `nil` for other texts.
    public init?(named name: String) {
        let lower = name.lowercased()
        guard let match = Self.named.first(where: { $0.name == (lower == "eth" ? "ether" : lower) }) else { return nil }
        self = match.unit
    }
}

/// Why a text is not a number of some unit.
public enum DecimalError: Error, Equatable, Sendable, CustomStringConvertible {
    case notANumber(String)
    case tooPrecise(String, decimals: Int)
    case tooLarge(String)

    public var description: String {
        switch self {
        case .notANumber(let text): "\"\(text)\" is not a decimal number, expected digits such as 3 or 0.05"
        case .tooPrecise(let text, 0): "\"\(text)\" has a fraction, expected a whole number"
        case .tooPrecise(let text, let decimals):
            "\"\(text)\" is too precise, expected at most \(decimals) digits after the point"
        case .tooLarge(let text): "\"\(text)\" is too large, expected an amount that fits 256 bits"
        }
    }
}

extension Denomination {
    /// Reads a number of this unit, such as `1.5`, as an amount of the smallest: digits, and digits after a point if there is one. No
    /// sign, spaces or exponent; no more digits after the point than `decimals`, not even zeros.
    public func parse(_ text: String) throws(DecimalError) -> UInt256 {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? halves[1] : "0"
        guard Self.isDigits(halves[0]), Self.isDigits(fraction) else { throw .notANumber(text) }
        let places = halves.count == 2 ? fraction.utf8.count : 0
        guard places <= decimals else { throw .tooPrecise(text, decimals: decimals) }
        // Digits only: without a value they are too many.
        guard let whole = UInt256(String(halves[0])), let part = UInt256(String(fraction)) else { throw .tooLarge(text) }
        let (value, tooLarge) = whole.multipliedReportingOverflow(by: scale)
        let rest = Self(checked: decimals - places).scale
        let (sum, carry) = value.addingReportingOverflow(part * rest)
        if tooLarge || carry { throw .tooLarge(text) }
        return sum
    }

    /// Reads a number of this unit that may begin with a minus sign.
    public func parseSigned(_ text: String) throws(DecimalError) -> Int256 {
        let isNegative = text.utf8.first == 0x2D
        let magnitude: UInt256
        do {
            magnitude = try parse(isNegative ? String(text.dropFirst()) : text)
        } catch {
            switch error {
            case .notANumber: throw .notANumber(text)
            case .tooPrecise: throw .tooPrecise(text, decimals: decimals)
            case .tooLarge: throw .tooLarge(text)
            }
        }
        guard let value = Int256(isNegative: isNegative, magnitude: magnitude) else { throw .tooLarge(text) }
        return value
    }

    /// The exact number of this unit, without trailing zeros: `0.05`, `3`.
    public func text(_ amount: UInt256) -> String {
        var digits = text(amount, places: decimals)
        if decimals > 0 {
            while digits.utf8.last == 0x30 { digits.removeLast() }
            if digits.utf8.last == 0x2E { digits.removeLast() }
        }
        return digits
    }

    /// The exact number of this unit with a minus sign below zero.
    public func text(_ amount: Int256) -> String { (amount.isNegative ? "-" : "") + text(amount.magnitude) }

    /// The number of this unit cut (not rounded) to `places` digits after the point, or to all that there are.
    public func text(_ amount: UInt256, places: Int) -> String {
        let (whole, part) = amount.quotientAndRemainder(dividingBy: scale)
        guard places > 0, decimals > 0 else { return whole.description }
        let digits = part.description
        let padded = String(repeating: "0", count: decimals - digits.utf8.count) + digits
        return "\(whole).\(padded.prefix(places))"
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
