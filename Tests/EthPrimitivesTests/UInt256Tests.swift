import EthPrimitives
import Foundation
import Testing

/// A small generator with a seed, so that a failure can be repeated; mixes dense words with words of all ones and zeros.
struct WordGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {  // splitmix64
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }

    mutating func limb() -> UInt64 {
        switch next() % 8 {
        case 0: 0
        case 1: .max
        case 2: 1
        case 3: 1 << 63
        case 4: .max - 1
        default: next()
        }
    }

    mutating func word() -> UInt256 { UInt256(limbs: limb(), limb(), limb(), limb()) >> Int(next() % 4 == 0 ? next() % 256 : 0) }
}

@Suite("UInt256")
struct UInt256Tests {
    static let edges: [UInt256] = [
        0, 1, 2, 3, 10, 0xffff_ffff_ffff_ffff, 0x1_0000_0000_0000_0000, 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
        0x1_0000_0000_0000_0000_0000_0000_0000_0000, 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
        UInt256(1) << 192, UInt256(1) << 255, (UInt256(1) << 255) - 1, .max - 1, .max,
        0xffff_ffff_ffff_ffff_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000,
        0xffff_ffff_ffff_ffff_0000_0000_0000_0000_ffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe,
    ]

    /// Edges with edges, and pseudo-random pairs.
    static func pairs(_ count: Int, seed: UInt64) -> [(UInt256, UInt256)] {
        var generator = WordGenerator(seed: seed)
        return edges.flatMap { a in edges.map { (a, $0) } } + (0..<count).map { _ in (generator.word(), generator.word()) }
    }

    @Test("addition and subtraction undo each other and report overflow")
    func addition() {
        for (a, b) in Self.pairs(20_000, seed: 1) {
            let (sum, carry) = a.addingReportingOverflow(b)
            let (back, borrow) = sum.subtractingReportingOverflow(b)
            #expect(back == a && borrow == carry)
            #expect(carry == (b > .max - a))
            #expect(a &+ b == sum && sum &- a == b)
            #expect((a < b) == a.subtractingReportingOverflow(b).overflow)
        }
    }

    @Test("multiplication agrees with shifted additions of its halves")
    func multiplication() {
        for (a, b) in Self.pairs(20_000, seed: 2) {
            let (high, low) = a.multipliedFullWidth(by: b)
            #expect(a &* b == low)
            #expect(a.multipliedReportingOverflow(by: b).overflow == (high != 0))
            #expect(b.multipliedFullWidth(by: a) == (high, low))
            // (a1 2^128 + a0)(b1 2^128 + b0), each partial product below 2^256.
            let mask = UInt256(UInt128.max)
            let (a0, a1, b0, b1) = (a & mask, a >> 128, b & mask, b >> 128)
            let (middle, carry) = (a1 &* b0).addingReportingOverflow(a0 &* b1)
            let (expectedLow, carryLow) = (a0 &* b0).addingReportingOverflow(middle << 128)
            let expectedHigh = a1 &* b1 &+ (middle >> 128) &+ (carry ? UInt256(1) << 128 : 0) &+ (carryLow ? 1 : 0)
            #expect(low == expectedLow && high == expectedHigh)
        }
    }

    @Test("quotient times divisor plus remainder is the dividend")
    func division() {
        for (a, b) in Self.pairs(20_000, seed: 3) where b != 0 {
            let (q, r) = a.quotientAndRemainder(dividingBy: b)
            #expect(r < b)
            let (high, low) = q.multipliedFullWidth(by: b)
            #expect(high == 0 && low + r == a)
            #expect(a / b == q && a % b == r)
        }
        #expect(UInt256(5).dividedReportingOverflow(by: 0).overflow)
        #expect(UInt256(5).remainderReportingOverflow(dividingBy: 0).overflow)
    }

    @Test("a 512-bit dividend is quotient times divisor plus remainder, also where the top limbs are all ones")
    func wideDivision() {
        var generator = WordGenerator(seed: 4)
        var cases = 0
        func check(_ high: UInt256, _ low: UInt256, _ divisor: UInt256) {
            guard high < divisor else { return }
            cases += 1
            let (q, r) = divisor.dividingFullWidth((high, low))
            #expect(r < divisor)
            let (productHigh, productLow) = q.multipliedFullWidth(by: divisor)
            let (sum, carry) = productLow.addingReportingOverflow(r)
            #expect(sum == low && productHigh + (carry ? 1 : 0) == high, "\(high) \(low) / \(divisor)")
        }
        for divisor in Self.edges where divisor != 0 {
            for low in Self.edges {
                for high in Self.edges + [divisor - 1] { check(high, low, divisor) }
            }
        }
        for _ in 0..<40_000 {
            let divisor = generator.word()
            guard divisor != 0 else { continue }
            check(generator.word() % divisor, generator.word(), divisor)
            check(divisor - 1, .max, divisor)
            // The first digit's estimate is one or two too large when the dividend's top limbs equal the divisor's.
            check(divisor - 1 - (generator.word() >> 128) % divisor, generator.word(), divisor)
        }
        print("512-bit divisions: \(cases)")
        #expect(cases > 80_000)
    }

    @Test("multiplying and dividing through 512 bits tells when the result does not fit")
    func scaling() {
        #expect(UInt256.max.mulDiv(.max, .max) == .max)
        #expect(UInt256.max.mulDiv(2, 1) == nil)
        #expect(UInt256(7).mulDiv(1, 0) == nil)
        #expect(UInt256(7).mulDiv(3, 2) == 10)
    }

    @Test("shifts multiply and divide by powers of two")
    func shifts() {
        var generator = WordGenerator(seed: 5)
        for count in 0..<256 {
            let value = generator.word()
            let power = UInt256(1) << count
            #expect(power.trailingZeroBitCount == count && power.leadingZeroBitCount == 255 - count && power.nonzeroBitCount == 1)
            #expect(value << count == value &* power)
            #expect(value >> count == value / power)
            #expect(value &<< UInt256(count + 256) == value << count)
        }
        #expect(UInt256.max << 256 == 0 && UInt256.max >> 256 == 0 && UInt256.max >> 1000 == 0)
        #expect(UInt256(4) << -1 == 2 && UInt256(4) >> -1 == 8)
    }

    @Test("texts, bytes and words are read back")
    func roundTrips() throws {
        for (a, b) in Self.pairs(5_000, seed: 6) {
            #expect(UInt256(a.description) == a)
            #expect(UInt256(a.hexQuantity.dropFirst(2), radix: 16) == a)
            #expect(String(a) == a.description && String(a, radix: 16) == a.hexQuantity.dropFirst(2))
            #expect(UInt256(bigEndian: a.bigEndianBytes) == a)
            #expect(UInt256(bigEndianBytes: a.minimalBigEndianBytes) == a)
            #expect(a.byteSwapped.byteSwapped == a)
            #expect((a < b) == (a.bigEndianBytes < b.bigEndianBytes) && (a == b) == (a.hashValue == b.hashValue))
            #expect(~a == .max - a && a ^ b ^ b == a)
            #expect((a ^ b) &+ (a & b) == a | b)
        }
        for count in 0...32 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            let value = bytes.reduce(UInt256.zero) { $0 << 8 | UInt256($1) }
            #expect(UInt256(bigEndianBytes: bytes) == value && UInt256(bigEndianBytes: bytes[...]) == value)
            #expect(UInt256(bigEndianBytes: AnyCollection(bytes)) == value)
        }
        let json = try JSONEncoder().encode([UInt256.max])
        #expect(try JSONDecoder().decode([UInt256].self, from: json) == [.max])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([UInt256].self, from: Data("[1]".utf8)) }
    }

    @Test(
        "refuses other texts",
        arguments: ["", "-1", "+1", " 1", "1 ", "0x1", "1_0", "1e3", "٣", "1.0"] + [
            "115792089237316195423570985008687907853269984665640564039457584007913129639936",
            "1157920892373161954235709850086879078532699846656405640394575840079131296399350",
        ])
    func badTexts(text: String) { #expect(UInt256(text) == nil) }

    @Test("literals spell all 256 bits")
    func literals() {
        let literal: UInt256 =
            115_792_089_237_316_195_423_570_985_008_687_907_853_269_984_665_640_564_039_457_584_007_913_129_639_935
        #expect(literal == .max)
        let hex: UInt256 = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210_0f1e_2d3c_4b5a_6978_8796_a5b4_c3d2_e1f0
        #expect(hex.hexQuantity == "0x123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0")
        #expect(hex.limbs == (0x8796_a5b4_c3d2_e1f0, 0x0f1e_2d3c_4b5a_6978, 0xfedc_ba98_7654_3210, 0x0123_4567_89ab_cdef))
    }

    @Test("converts to and from other integers exactly or not at all")
    func conversions() {
        #expect(UInt256(exactly: -1) == nil && UInt256(exactly: Int64.max) == 0x7fff_ffff_ffff_ffff)
        #expect(UInt256(truncatingIfNeeded: -1) == .max && UInt256(truncatingIfNeeded: Int8(-2)) == .max - 1)
        #expect(UInt256(clamping: -5) == 0 && UInt64(clamping: UInt256.max) == .max)
        #expect(UInt64(exactly: UInt256(1) << 64) == nil && UInt64(exactly: UInt256(7)) == 7)
        #expect(UInt128(UInt256(UInt128.max)) == .max && UInt64(truncatingIfNeeded: UInt256.max) == .max)
        #expect(Int(exactly: UInt256(1) << 63) == nil && UInt8(truncatingIfNeeded: UInt256(0x1ff)) == 0xff)
        #expect((UInt256(1) << 64).asUInt64 == nil && (UInt256(1) << 127).asUInt128 == 1 << 127)
        #expect(UInt256(bigEndianBytes: [UInt8](repeating: 1, count: 33)) == nil && UInt256(bigEndianBytes: []) == 0)
        #expect(UInt256(3) < 5 as UInt64 && UInt256(1) << 70 > UInt64.max)
    }

    @Test("floating-point numbers convert beyond 64 bits, exactly or cut")
    func floatingPoint() {
        #expect(UInt256(exactly: 0x1p200) == UInt256(1) << 200)
        #expect(UInt256(exactly: 0.5) == nil && UInt256(exactly: -1.0) == nil && UInt256(exactly: 0x1p256) == nil)
        #expect(UInt256(exactly: Double.nan) == nil && UInt256(exactly: 0.0) == 0)
        #expect(UInt256(0x1p64 + 4096) == (UInt256(1) << 64) + 4096 && UInt256(7.9) == 7)
        #expect(Double(UInt256(1) << 200) == 0x1p200)
    }
}
