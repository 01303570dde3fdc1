/// A whole number of any size, for exact elimination: the determinants of a fit outgrow 256 bits.
struct BigInteger: Sendable, Hashable, Comparable {
    /// Least significant first, no zero at the end; empty for zero.
    private var limbs: [UInt32]
    private(set) var isNegative: Bool

    private init(_ limbs: [UInt32], isNegative: Bool) {
        self.limbs = Self.trimmed(limbs)
        self.isNegative = isNegative && !self.limbs.isEmpty
    }

    init(_ value: Int) {
        let magnitude = UInt64(value.magnitude)
        self.init([UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)], isNegative: value < 0)
    }

    static let zero = BigInteger(0)
    static let one = BigInteger(1)

    var isZero: Bool { limbs.isEmpty }

    var magnitude: BigInteger { BigInteger(limbs, isNegative: false) }

    /// `nil` if it does not fit.
    var asInt: Int? {
        guard limbs.count <= 2 else { return nil }
        let magnitude = limbs.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) }
        return isNegative ? Int(exactly: -Int128(magnitude)) : Int(exactly: magnitude)
    }

    static prefix func - (_ value: Self) -> Self { Self(value.limbs, isNegative: !value.isNegative) }

    static func + (_ a: Self, _ b: Self) -> Self {
        if a.isNegative == b.isNegative { return Self(sum(a.limbs, b.limbs), isNegative: a.isNegative) }
        return isLess(a.limbs, b.limbs)
            ? Self(difference(b.limbs, a.limbs), isNegative: b.isNegative)
            : Self(difference(a.limbs, b.limbs), isNegative: a.isNegative)
    }

    static func - (_ a: Self, _ b: Self) -> Self { a + -b }

    static func * (_ a: Self, _ b: Self) -> Self {
        var out = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
        for (i, x) in a.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, y) in b.limbs.enumerated() {
                let value = UInt64(x) * UInt64(y) + UInt64(out[i + j]) + carry
                out[i + j] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            out[i + b.limbs.count] = UInt32(carry)
        }
        return Self(out, isNegative: a.isNegative != b.isNegative)
    }

    /// Quotient, rounded towards zero; `b` must not be zero.
    static func / (_ a: Self, _ b: Self) -> Self {
        precondition(!b.isZero, "division by zero")
        var quotient = [UInt32](repeating: 0, count: a.limbs.count)
        var rest: [UInt32] = []
        // Digit by digit of 32 bits, each bit by bit: numbers here have a few dozen digits at most.
        for index in a.limbs.indices.reversed() {
            for bit in (0..<32).reversed() {
                rest = shiftedIn(rest, a.limbs[index] >> UInt32(bit) & 1)
                guard !isLess(rest, b.limbs) else { continue }
                rest = trimmed(difference(rest, b.limbs))
                quotient[index] |= 1 << UInt32(bit)
            }
        }
        return Self(quotient, isNegative: a.isNegative != b.isNegative)
    }

    /// The whole number nearest to `a / b`, a half away from zero.
    static func rounded(_ a: Self, over b: Self) -> Self {
        let twice = a.magnitude + a.magnitude + b.magnitude
        let magnitude = twice / (b.magnitude + b.magnitude)
        return a.isNegative == b.isNegative ? magnitude : -magnitude
    }

    static func < (_ a: Self, _ b: Self) -> Bool { (a - b).isNegative }

    // MARK: Magnitudes

    private static func trimmed(_ limbs: [UInt32]) -> [UInt32] {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }

    private static func shiftedIn(_ limbs: [UInt32], _ bit: UInt32) -> [UInt32] {
        var (out, carry) = (limbs, bit)
        for index in out.indices { (out[index], carry) = (out[index] << 1 | carry, out[index] >> 31) }
        if carry > 0 { out.append(carry) }
        return out
    }

    private static func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        if a.count != b.count { return a.count < b.count }
        for (x, y) in zip(a.reversed(), b.reversed()) where x != y { return x < y }
        return false
    }

    private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var out: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(a.count, b.count) {
            let value = UInt64(index < a.count ? a[index] : 0) + UInt64(index < b.count ? b[index] : 0) + carry
            out.append(UInt32(truncatingIfNeeded: value))
            carry = value >> 32
        }
        return carry > 0 ? out + [UInt32(carry)] : out
    }

    /// `a` must not be less than `b`.
    private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var out: [UInt32] = []
        var borrow: Int64 = 0
        for index in a.indices {
            let value = Int64(a[index]) - Int64(index < b.count ? b[index] : 0) - borrow
            out.append(UInt32(truncatingIfNeeded: value))
            borrow = value < 0 ? 1 : 0
        }
        return out
    }
}
