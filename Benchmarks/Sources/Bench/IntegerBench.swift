import BigInt
import CPeers
import EthPrimitives

/// UInt256 beside BigInt, which our tests take for an oracle, and GMP's lowest layer.
enum IntegerBench {
    static func rows() -> [Row] {
        [
            row("add", 255, 255, overBigInt: 50, { $0 + $1 }, { $0 + $1 }) { peer_gmp_add($0, $1, $2, $3) },
            row("multiply", 128, 127, overBigInt: 50, { $0 * $1 }, { $0 * $1 }) { peer_gmp_multiply($0, $1, $2, $3) },
            row("multiply, wrapping", 256, 256, overBigInt: 50, { $0 &* $1 }, { $0 * $1 }) { peer_gmp_multiply($0, $1, $2, $3) },
            row("divide by 128 bits", 256, 128, overBigInt: 10, { $0 / $1 }, { $0 / $1 }) { peer_gmp_divide($0, $1, $2, $3, 2) },
            row("divide by 192 bits", 256, 192, overBigInt: 10, { $0 / $1 }, { $0 / $1 }) { peer_gmp_divide($0, $1, $2, $3, 3) },
            row("divide by 1e18", 256, nil, overBigInt: 10, { $0 / $1 }, { $0 / $1 }) { peer_gmp_divide($0, $1, $2, $3, 1) },
            multiplyDivide(), print(), parse(),
        ]
    }

    private static let wad: UInt256 = 1_000_000_000_000_000_000

    /// Pseudo-random numbers whose highest bit is number `bits` - 1; without `bits`, 10¹⁸.
    private static func numbers(_ bits: Int?, _ seed: UInt64) -> [UInt256] {
        var state = seed
        func limb() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
        return (0..<Operands<UInt256>.count).map { _ in
            guard let bits else { return wad }
            return (UInt256(limbs: limb(), limb(), limb(), limb()) | UInt256(1) << 255) >> (256 - bits)
        }
    }

    private static func big(_ number: UInt256) -> BigUInt { BigUInt(words: number.words) }

    @inline(__always)
    private static func row(
        _ name: String, _ bits: Int, _ otherBits: Int?, overBigInt: Double,
        _ ours: @escaping (UInt256, UInt256) -> UInt256, _ bigInt: @escaping (BigUInt, BigUInt) -> BigUInt,
        _ gmp: @escaping (UnsafePointer<UInt64>?, UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>?, Int) -> Void
    ) -> Row {
        let (a, b) = (numbers(bits, 1), numbers(otherBits, 2))
        let mine = Operands(a, b)
        let theirs = Operands(a.map(big), b.map(big))
        let limbs = Operands(limbsOf: a.map(\.limbs), b.map(\.limbs))
        return Row(
            "UInt256 \(name)", piecesPerIteration: Operands<UInt256>.count,
            [
                .ours { mine.sweep($0, ours) },
                .peer("BigInt", .times(overBigInt)) { theirs.sweep($0, bigInt) },
                .peer("GMP mpn") { sweeps in
                    for _ in 0..<sweeps {
                        gmp(limbs.a.baseAddress, limbs.b.baseAddress, limbs.out.baseAddress, Operands<UInt64>.count)
                    }
                },
            ])
    }

    private static func multiplyDivide() -> Row {
        let (a, b) = (numbers(100, 3), numbers(90, 4))
        let mine = Operands(a, b)
        let theirs = Operands(a.map(big), b.map(big))
        let wad = wad
        let bigWad = big(wad)
        return Row(
            "UInt256 x · y / 1e18", piecesPerIteration: Operands<UInt256>.count,
            [
                .ours(.nanoseconds(30)) { mine.sweep($0) { $0.multipliedDividing(by: $1, over: wad) ?? .zero } },
                .peer("BigInt", .times(10)) { theirs.sweep($0) { $0 * $1 / bigWad } },
            ])
    }

    private static func print() -> Row {
        let number = numbers(200, 5)[0]
        let bigNumber = big(number)
        return Row(
            "UInt256 to decimal text, 200 bits",
            [
                .ours { for _ in 0..<$0 { use(number.description) } },
                .peer("BigInt") { for _ in 0..<$0 { use(bigNumber.description) } },
            ])
    }

    private static func parse() -> Row {
        let text = numbers(200, 5)[0].description
        return Row(
            "UInt256 of decimal text, 200 bits",
            [
                .ours { for _ in 0..<$0 { use(UInt256(text)) } },
                .peer("BigInt") { for _ in 0..<$0 { use(BigUInt(text)) } },
            ])
    }
}
