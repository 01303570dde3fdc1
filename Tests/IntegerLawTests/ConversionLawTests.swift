import BigInt
import EthPrimitives
import TestSupport
import Testing

@Suite("256-bit integers convert and are written as BigInt does")
struct ConversionLawTests {
    @Test("texts of every radix are read back and agree", arguments: 2...36)
    func radix(radix: Int) {
        for number in Operands.singles(10, seed: UInt64(radix)) {
            let text = String(number, radix: radix)
            law(text == String(BigUInt(number), radix: radix))
            law(UInt256(text, radix: radix) == number && UInt256(text.uppercased(), radix: radix) == number)
            law(
                UInt256(text + "0", radix: radix)
                    == (number.multipliedReportingOverflow(by: UInt256(radix)).overflow ? nil : number * UInt256(radix)))
            let signed = Int256(bitPattern: number)
            let signedText = String(signed, radix: radix)
            law(signedText == String(BigInt(signed), radix: radix))
            law(Int256(signedText, radix: radix) == signed)
        }
        let above = String(BigUInt(1) << 256, radix: radix)
        law(UInt256(above, radix: radix) == nil && Int256(above, radix: radix) == nil)
        law(Int256(String(BigInt(1) << 255, radix: radix), radix: radix) == nil)
        law(Int256(String(-(BigInt(1) << 255), radix: radix), radix: radix) == .min)
    }

    @Test("decimal texts agree, signed and unsigned")
    func decimal() {
        let numbers = Operands.singles(2_000, seed: 21)
        for number in numbers {
            law(number.description == BigUInt(number).description && UInt256(number.description) == number)
            let signed = Int256(bitPattern: number)
            law(signed.description == BigInt(signed).description && Int256(signed.description) == signed)
            law(number.hexQuantity == "0x" + String(BigUInt(number), radix: 16))
        }
        report("decimal texts", numbers.count)
        for text in ["", "-", "+1", " 1", "1 ", "--1", "1-", "0x1", "1_0", "٣"] {
            law(Int256(text) == nil && UInt256(text) == nil)
        }
        law(Int256("-0") == 0 && UInt256("-0") == nil && UInt256("0000") == 0)
        law(UInt256((BigUInt(1) << 256).description) == nil && Int256((BigInt(1) << 255).description) == nil)
    }

    /// Every way from another integer type, and back.
    private func check<Other: FixedWidthInteger>(_ type: Other.Type, _ number: UInt256) {
        let other = Other(truncatingIfNeeded: number)
        let value = BigInt(other)
        let (unsigned, signed) = (value.asUInt256, value.asInt256)
        law(UInt256(truncatingIfNeeded: other) == unsigned.value && Int256(truncatingIfNeeded: other) == signed.value)
        law(UInt256(exactly: other) == (unsigned.overflow ? nil : unsigned.value), "\(other)")
        law(Int256(exactly: other) == (signed.overflow ? nil : signed.value), "\(other)")
        law(UInt256(clamping: other) == (unsigned.overflow ? (value < 0 ? 0 : .max) : unsigned.value))
        law(Int256(clamping: other) == (signed.overflow ? (value < 0 ? .min : .max) : signed.value))
        if !unsigned.overflow { law(UInt256(other) == unsigned.value) }
        if !signed.overflow { law(Int256(other) == signed.value) }
        let (back, signedBack) = (BigInt(number), BigInt(Int256(bitPattern: number)))
        law(Other(exactly: number).map { BigInt($0) } == (back > BigInt(Other.max) ? nil : back))
        law(
            Other(exactly: Int256(bitPattern: number)).map { BigInt($0) }
                == (signedBack > BigInt(Other.max) || signedBack < BigInt(Other.min) ? nil : signedBack))
        law(BigInt(Other(clamping: number)) == Swift.min(back, BigInt(Other.max)))
        law((number < other) == (back < value) && (Int256(bitPattern: number) < other) == (signedBack < value))
        law((number == other) == (back == value))
    }

    @Test("other integer types convert exactly, truncated and clamped, both ways")
    func otherIntegers() {
        for number in Operands.singles(100, seed: 22) {
            check(Int8.self, number)
            check(UInt8.self, number)
            check(Int32.self, number)
            check(UInt32.self, number)
            check(Int.self, number)
            check(UInt64.self, number)
            check(Int128.self, number)
            check(UInt128.self, number)
            check(Int256.self, number)
            check(UInt256.self, number)
            // A type without a width, whose words may be more than four.
            let wide = BigInt(number) << 3
            law(UInt256(exactly: wide) == (wide.asUInt256.overflow ? nil : wide.asUInt256.value))
            law(Int256(exactly: -wide) == ((-wide).asInt256.overflow ? nil : (-wide).asInt256.value))
            law(UInt256(truncatingIfNeeded: -wide) == (-wide).asUInt256.value)
            law(Int256(clamping: -wide) == ((-wide).asInt256.overflow ? .min : (-wide).asInt256.value))
        }
    }

    @Test("floating-point numbers convert exactly or cut toward zero")
    func floatingPoint() {
        for exponent in 0..<255 {
            for fraction in [1.0, 1.5, 1.0 + 0x1p-52, 2.0 - 0x1p-52] {
                let value = fraction * Double(sign: .plus, exponent: exponent, significand: 1)
                let expected = BigInt(value)
                law(UInt256(value) == expected.asUInt256.value && Int256(-value) == (-expected).asInt256.value)
                law(UInt256(exactly: value) == (value == value.rounded() ? expected.asUInt256.value : nil))
                law(Double(UInt256(value)) == value.rounded(.down))
            }
        }
        law(UInt256(exactly: 0x1p256) == nil && Int256(exactly: 0x1p255) == nil && Int256(exactly: -0x1p255) == .min)
        law(UInt256(exactly: -1.0) == nil && UInt256(exactly: Double.nan) == nil && Int256(exactly: Double.infinity) == nil)
    }

    @Test("literals spell all 256 bits of either sign")
    func literals() {
        let lowest: Int256 =
            -57_896_044_618_658_097_711_785_492_504_343_953_926_634_992_332_820_282_019_728_792_003_956_564_819_968
        let highest: Int256 = 0x7fff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff
        law(lowest == .min && highest == .max)
        let all: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff
        law(all == .max && (-1 as Int256).bitPattern == .max)
    }
}
