import BigInt
import EthPrimitives
import TestSupport
import Testing

@Suite("Int256 agrees with BigInt")
struct Int256LawTests {
    /// Words of both signs: the edges of unsigned numbers read as two's complement are the edges of signed ones.
    static func pairs(_ count: Int, seed: UInt64) -> [(Int256, Int256)] {
        Operands.pairs(count, seed: seed).map { (Int256(bitPattern: $0), Int256(bitPattern: $1)) }
    }

    @Test("in sums, differences and products, wrapped and reported")
    func arithmetic() {
        let pairs = Self.pairs(4_000, seed: 11)
        for (a, b) in pairs {
            let (x, y) = (BigInt(a), BigInt(b))
            let (sum, difference, product) = ((x + y).asInt256, (x - y).asInt256, (x * y).asInt256)
            law(Expected(a.addingReportingOverflow(b)) == sum, "\(a) + \(b)")
            law(Expected(a.subtractingReportingOverflow(b)) == difference, "\(a) - \(b)")
            law(Expected(a.multipliedReportingOverflow(by: b)) == product, "\(a) * \(b)")
            law(a &+ b == sum.value && a &- b == difference.value && a &* b == product.value)
            if !sum.overflow { law(a + b == sum.value) }
            if !difference.overflow { law(a - b == difference.value) }
            if !product.overflow { law(a * b == product.value) }
            let (high, low) = a.multipliedFullWidth(by: b)
            law(low == product.value.bitPattern && BigInt(high) == (x * y).shifted(right: 256), "\(a) * \(b), 512 bits")
        }
        report("Int256 + - *", pairs.count)
    }

    @Test("in quotients cut toward zero and remainders with the sign of the dividend")
    func division() {
        let pairs = Self.pairs(6_000, seed: 12)
        for (a, b) in pairs {
            if b == 0 || (a == .min && b == -1) {
                law(a.dividedReportingOverflow(by: b) == (a, true))
                law(a.remainderReportingOverflow(dividingBy: b) == (b == 0 ? a : 0, true))
                continue
            }
            let (quotient, remainder) = BigInt(a).quotientAndRemainder(dividingBy: BigInt(b))
            let ours = a.quotientAndRemainder(dividingBy: b)
            law(BigInt(ours.quotient) == quotient && BigInt(ours.remainder) == remainder, "\(a) / \(b)")
            law(a.dividedReportingOverflow(by: b) == (ours.quotient, false))
            law(a.remainderReportingOverflow(dividingBy: b) == (ours.remainder, false))
            law(a / b == ours.quotient && a % b == ours.remainder)
        }
        report("Int256 / %", pairs.count)
    }

    @Test("in quotients of 512-bit dividends of both signs")
    func wideDivision() {
        var source = SeededRandom(13)
        var cases = 0
        for (a, b) in Self.pairs(6_000, seed: 14) where b != 0 {
            // A dividend that has a quotient: quotient times divisor plus a smaller rest of the same sign.
            let product = BigInt(a) * BigInt(b)
            let rest = BigInt(Operands.random(&source) % b.magnitude) * (product < 0 ? -1 : 1)
            let dividend = product == 0 && rest != 0 ? rest : product + rest
            let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: BigInt(b))
            guard !quotient.asInt256.overflow else { continue }
            cases += 1
            let ours = b.dividingFullWidth((dividend.shifted(right: 256).asInt256.value, dividend.asUInt256.value))
            law(BigInt(ours.quotient) == quotient && BigInt(ours.remainder) == remainder, "\(dividend) / \(b)")
        }
        report("Int256 512-bit division", cases)
        law(cases > 6_000)
    }

    @Test("in shifts by anything, which bring the sign from the left")
    func shifts() {
        let values = Operands.singles(20, seed: 15).map(Int256.init(bitPattern:))
        for a in values {
            for count in Operands.shiftCounts {
                let steps = Int(Swift.min(count.magnitude, 600))
                let (up, down) = ((BigInt(a) << steps).asInt256.value, BigInt(a).shifted(right: steps).asInt256.value)
                law(a << count == (count >= 0 ? up : down), "\(a) << \(count)")
                law(a >> count == (count >= 0 ? down : up), "\(a) >> \(count)")
            }
            law(a >> Int.max == (a < 0 ? -1 : 0) && a << Int.max == 0 && a >> Int.min == 0)
        }
        report("Int256 << >>", values.count * Operands.shiftCounts.count)
    }

    @Test("in signs, magnitudes, bits and order")
    func bits() {
        for (a, b) in Self.pairs(6_000, seed: 16) {
            let (x, y) = (BigInt(a), BigInt(b))
            law((a < b) == (x < y) && (a == b) == (x == y))
            let (p, q) = (a.bitPattern, b.bitPattern)
            law((a & b).bitPattern == p & q && (a | b).bitPattern == p | q && (a ^ b).bitPattern == p ^ q)
            law(BigUInt(a.magnitude) == x.magnitude && a.signum() == Int256(x.signum()) && a.isNegative == (x < 0))
            law(~a == -1 - a && BigInt(words: a.words) == x)
            if a != .min { law(BigInt(-a) == -x && BigInt(abs(a)) == BigInt(x.magnitude)) }
            law(Int256(isNegative: a.isNegative, magnitude: a.magnitude) == a)
            law(a.byteSwapped.byteSwapped == a && a.nonzeroBitCount == 256 - (~a).nonzeroBitCount)
            law(a.leadingZeroBitCount == a.bitPattern.leadingZeroBitCount)
        }
        law(Int256(isNegative: true, magnitude: UInt256(1) << 255) == .min)
        law(Int256(isNegative: false, magnitude: UInt256(1) << 255) == nil)
        law(
            Int256(isNegative: true, magnitude: (UInt256(1) << 255) + 1) == nil && Int256(isNegative: true, magnitude: 0) == 0)
    }
}
