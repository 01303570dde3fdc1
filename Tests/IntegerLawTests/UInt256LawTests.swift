import BigInt
import EthPrimitives
import TestSupport
import Testing

@Suite("UInt256 agrees with BigInt")
struct UInt256LawTests {
    @Test("in sums, differences and products, wrapped and reported")
    func arithmetic() {
        let pairs = Operands.pairs(4_000, seed: 1)
        for (a, b) in pairs {
            let (x, y) = (BigInt(a), BigInt(b))
            let (sum, difference, product) = ((x + y).asUInt256, (x - y).asUInt256, (x * y).asUInt256)
            law(Expected(a.addingReportingOverflow(b)) == sum, "\(a) + \(b)")
            law(Expected(a.subtractingReportingOverflow(b)) == difference, "\(a) - \(b)")
            law(Expected(a.multipliedReportingOverflow(by: b)) == product, "\(a) * \(b)")
            law(a &+ b == sum.value && a &- b == difference.value && a &* b == product.value)
            if !sum.overflow { law(a + b == sum.value) }
            if !difference.overflow { law(a - b == difference.value) }
            if !product.overflow { law(a * b == product.value) }
            let (high, low) = a.multipliedFullWidth(by: b)
            law(low == product.value && BigInt(high) == (x * y) >> 256)
        }
        report("UInt256 + - *", pairs.count)
    }

    @Test("in quotients and remainders")
    func division() {
        let pairs = Operands.pairs(8_000, seed: 2)
        for (a, b) in pairs {
            guard b != 0 else {
                law(a.dividedReportingOverflow(by: b) == (a, true))
                law(a.remainderReportingOverflow(dividingBy: b) == (a, true))
                continue
            }
            let (quotient, remainder) = BigInt(a).quotientAndRemainder(dividingBy: BigInt(b))
            let ours = a.quotientAndRemainder(dividingBy: b)
            law(BigInt(ours.quotient) == quotient && BigInt(ours.remainder) == remainder, "\(a) / \(b)")
            law(a.dividedReportingOverflow(by: b) == (ours.quotient, false))
            law(a.remainderReportingOverflow(dividingBy: b) == (ours.remainder, false))
            law(a / b == ours.quotient && a % b == ours.remainder)
        }
        report("UInt256 / %", pairs.count)
    }

    @Test("in quotients of 512-bit dividends, also those whose first digit is guessed too large")
    func wideDivision() {
        var source = SeededRandom(3)
        var cases = 0
        func check(_ high: UInt256, _ low: UInt256, _ divisor: UInt256) {
            guard high < divisor else { return }
            cases += 1
            let dividend = BigInt(high) << 256 | BigInt(low)
            let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: BigInt(divisor))
            let ours = divisor.dividingFullWidth((high, low))
            law(BigInt(ours.quotient) == quotient && BigInt(ours.remainder) == remainder, "\(high) \(low) / \(divisor)")
        }
        for divisor in Operands.edges where divisor != 0 {
            for low in Operands.edges where low.nonzeroBitCount % 3 == 0 {
                check(divisor - 1, low, divisor)
                check(Operands.random(&source) % divisor, low, divisor)
            }
        }
        for _ in 0..<6_000 {
            let divisor = Operands.random(&source)
            guard divisor != 0 else { continue }
            check(Operands.random(&source) % divisor, Operands.random(&source), divisor)
            check(divisor - 1, .max, divisor)
            // The leading limbs of the dividend equal those of the divisor.
            check(divisor - 1 - (Operands.random(&source) >> 128) % divisor, Operands.random(&source), divisor)
        }
        report("UInt256 512-bit division", cases)
        law(cases > 12_000)
    }

    @Test("in scaling through 512 bits, down and up, and in square roots")
    func scaling() {
        let pairs = Operands.pairs(4_000, seed: 4)
        var source = SeededRandom(5)
        for (a, b) in pairs {
            let divisor = Operands.random(&source)
            guard divisor != 0 else {
                law(a.mulDiv(b, divisor) == nil && a.mulDivRoundingUp(b, divisor) == nil)
                continue
            }
            let (quotient, remainder) = (BigInt(a) * BigInt(b)).quotientAndRemainder(dividingBy: BigInt(divisor))
            let (down, up) = (quotient.asUInt256, (quotient + (remainder == 0 ? 0 : 1)).asUInt256)
            law(a.mulDiv(b, divisor) == (down.overflow ? nil : down.value), "\(a) * \(b) / \(divisor)")
            law(a.mulDivRoundingUp(b, divisor) == (up.overflow ? nil : up.value), "\(a) * \(b) / \(divisor), up")
            law(BigInt(a.squareRoot()) == BigInt(a).squareRoot(), "root of \(a)")
        }
        report("UInt256 mulDiv and squareRoot", pairs.count)
    }

    @Test("in shifts by anything, to either side")
    func shifts() {
        let values = Operands.singles(20, seed: 6)
        let counts = Operands.shiftCounts
        for a in values {
            for count in counts {
                // Beyond the width everything is shifted out; BigInt would try to make the number.
                let steps = Int(Swift.min(count.magnitude, 600))
                let left = count >= 0 ? BigInt(a) << steps : BigInt(a) >> steps
                let right = count >= 0 ? BigInt(a) >> steps : BigInt(a) << steps
                law(a << count == left.asUInt256.value, "\(a) << \(count)")
                law(a >> count == right.asUInt256.value, "\(a) >> \(count)")
            }
            for count in stride(from: 0, to: 256, by: 5) {
                law(a &<< UInt256(count) == (BigInt(a) << count).asUInt256.value)
                law(a &>> UInt256(count + 512) == (BigInt(a) >> count).asUInt256.value)
            }
        }
        report("UInt256 << >>", values.count * (counts.count + 52))
    }

    @Test("in bits, order and hashing")
    func bits() {
        let pairs = Operands.pairs(4_000, seed: 7)
        for (a, b) in pairs {
            let (x, y) = (BigUInt(a), BigUInt(b))
            law(BigUInt(a & b) == x & y && BigUInt(a | b) == x | y && BigUInt(a ^ b) == x ^ y)
            law((a < b) == (x < y) && (a <= b) == (x <= y) && (a == b) == (x == y))
            law(Set([a, b]).count == Set([x, y]).count)
        }
        for a in Operands.singles(4_000, seed: 8) {
            let x = BigUInt(a)
            law(~a == .max - a)
            law(a.leadingZeroBitCount == 256 - x.bitWidth)
            law(a.trailingZeroBitCount == (a == 0 ? 256 : x.trailingZeroBitCount))
            law(a.nonzeroBitCount == x.words.reduce(0) { $0 + $1.nonzeroBitCount })
            law(a.byteSwapped.bigEndianBytes.bytes == a.bigEndianBytes.bytes.reversed())
            law(BigUInt(words: a.words) == x)
        }
        report("UInt256 bits", pairs.count)
    }
}
