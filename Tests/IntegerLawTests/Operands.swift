import BigInt
import EthPrimitives
import TestSupport
import Testing

/// Numbers on which integers break: around powers of two, around limbs, at the ends; and seeded random ones of every length.
enum Operands {
    /// Powers of two with what is beside them, ends, runs of ones and zeros.
    static let edges: [UInt256] = {
        var values: [UInt256] = [0, 1, 2, 3, 5, 7, 9, 10, 16, .max, .max - 1, .max - 2]
        for bit in [8, 31, 32, 63, 64, 65, 127, 128, 129, 191, 192, 193, 254, 255] {
            let power = UInt256(1) << bit
            values += [power, power - 1, power + 1, .max - power]
        }
        let patterns: [(UInt64, UInt64, UInt64, UInt64)] = [
            (0, 0, 0, 1), (0, 1, 0, 0), (1, 0, 1, 0), (0, .max, 0, .max), (.max, 0, .max, 0), (0, 0, .max, .max),
        ]
        values += patterns.map { UInt256(limbs: $0.0, $0.1, $0.2, $0.3) }
        // Powers of ten, where decimal texts and units change length.
        values += [18, 19, 20, 27, 38, 57, 76, 77].map { power in (0..<power).reduce(UInt256(1)) { value, _ in value * 10 } }
        return values
    }()

    /// Both ways, around limbs and ends, and far beyond.
    static let shiftCounts: [Int] = {
        let ends = [0, 1, 2, 7, 31, 32, 63, 64, 65, 100, 127, 128, 129, 191, 192, 193, 254, 255, 256, 257, 300, 1_000]
        return ends + ends.map { -$0 } + [.max, .min]
    }()

    /// A number of random length whose limbs are often all ones, zero or a power of two: such digits make long division guess wrong.
    static func random(_ source: inout SeededRandom) -> UInt256 {
        func limb() -> UInt64 {
            switch source.next() % 8 {
            case 0: 0
            case 1: .max
            case 2: 1
            case 3: 1 << 63
            case 4: .max - 1
            default: source.next()
            }
        }
        return UInt256(limbs: limb(), limb(), limb(), limb()) >> Int(source.next() % 2 == 0 ? source.next() % 256 : 0)
    }

    /// All pairs of edges, then random pairs.
    static func pairs(_ count: Int, seed: UInt64) -> [(UInt256, UInt256)] {
        var source = SeededRandom(seed)
        return edges.flatMap { a in edges.map { (a, $0) } } + (0..<count).map { _ in (random(&source), random(&source)) }
    }

    static func singles(_ count: Int, seed: UInt64) -> [UInt256] {
        var source = SeededRandom(seed)
        return edges + (0..<count).map { _ in random(&source) }
    }
}

extension BigUInt {
    /// Through bytes, so that no conversion under test takes part.
    init(_ number: UInt256) {
        let limbs = number.limbs
        self = [limbs.3, limbs.2, limbs.1, limbs.0].reduce(0) { $0 << 64 | BigUInt($1) }
    }
}

extension BigInt {
    init(_ number: UInt256) { self.init(BigUInt(number)) }

    /// The value of a two's complement word.
    init(_ number: Int256) {
        let word = BigInt(number.bitPattern)
        self = number.bitPattern.limbs.3 >> 63 == 1 ? word - BigInt(1) << 256 : word
    }
}

extension BigInt {
    /// Division by a power of two, rounded down: an arithmetic shift. BigInt's own `>>` rounds some negative numbers up.
    func shifted(right count: Int) -> BigInt {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: BigInt(1) << count)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// What 256-bit numbers make of a number of any size: the value modulo 2²⁵⁶, and whether it was outside the type's range.
struct Expected<Number: Equatable>: Equatable, CustomStringConvertible {
    let value: Number
    let overflow: Bool
    var description: String { "\(value), overflow \(overflow)" }
}

extension BigInt {
    private var wrapped: UInt256 {
        let modulus = BigInt(1) << 256
        let cut = self % modulus
        let rest = (cut < 0 ? cut + modulus : cut).magnitude
        let mask = BigUInt(UInt64.max)
        return UInt256(
            limbs: UInt64(rest & mask), UInt64(rest >> 64 & mask), UInt64(rest >> 128 & mask), UInt64(rest >> 192 & mask))
    }

    var asUInt256: Expected<UInt256> { Expected(value: wrapped, overflow: self < 0 || self >= BigInt(1) << 256) }
    var asInt256: Expected<Int256> {
        let limit = BigInt(1) << 255
        return Expected(value: Int256(bitPattern: wrapped), overflow: self < -limit || self >= limit)
    }
}

extension Expected {
    init(_ result: (partialValue: Number, overflow: Bool)) { self.init(value: result.partialValue, overflow: result.overflow) }
}

/// Expects what holds for every number. `#expect` takes its expression apart each time, which a few hundred thousand cases do not need.
func law(_ holds: Bool, _ comment: @autoclosure () -> String = "does not hold", at location: SourceLocation = #_sourceLocation) {
    if !holds { Issue.record("\(comment())", sourceLocation: location) }
}

/// Counts how often a law was tried; a law that was never tried proves nothing.
func report(_ law: String, _ cases: Int) { print("laws \(law): \(cases) cases") }
