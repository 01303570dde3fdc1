import BigInt
import CPeers
import EthPrimitives

/// UInt256 beside BigInt, which our tests take for an oracle, and GMP's lowest layer.
enum IntegerBench {
    static func rows() -> [Row] {
        let divisions: [(String, Int?, Int)] = [("128 bits", 128, 2), ("192 bits", 192, 3), ("1e18", nil, 1)]
        return [add(), multiply(), multiplyWrapping()]
            + divisions.map { divide($0.0, bits: $0.1, limbs: $0.2) } + [multiplyDivide(), print(), parse()]
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

    /// The same operands for all three. The closures that are swept stand where they are used, so that the compiler sees through them.
    private struct Sets {
        let ours: Operands<UInt256>
        let bigInt: Operands<BigUInt>
        let limbs: Operands<UInt64>

        init(_ bits: Int, _ otherBits: Int?) {
            let (a, b) = (numbers(bits, 1), numbers(otherBits, 2))
            ours = Operands(a, b)
            bigInt = Operands(a.map(big), b.map(big))
            limbs = Operands(limbsOf: a.map(\.limbs), b.map(\.limbs))
        }
    }

    private static func row(_ name: String, _ contenders: [Contender]) -> Row {
        Row("UInt256 \(name)", piecesPerIteration: Operands<UInt256>.count, contenders)
    }

    private static func gmp(
        _ limbs: Operands<UInt64>,
        _ work: @escaping (UnsafePointer<UInt64>?, UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>?, Int) -> Void
    ) -> Contender {
        .peer("GMP mpn") { sweeps in
            for _ in 0..<sweeps { work(limbs.a.baseAddress, limbs.b.baseAddress, limbs.out.baseAddress, Operands<UInt64>.count) }
        }
    }

    private static func add() -> Row {
        let sets = Sets(255, 255)
        return row(
            "add",
            [
                .ours { sets.ours.sweep($0) { $2.pointee = $0.pointee + $1.pointee } },
                .peer("BigInt", .times(50)) { sets.bigInt.sweep($0) { $2.pointee = $0.pointee + $1.pointee } },
                gmp(sets.limbs, peer_gmp_add),
            ])
    }

    private static func multiply() -> Row {
        let sets = Sets(128, 127)
        return row(
            "multiply, 128 bits each",
            [
                .ours { sets.ours.sweep($0) { $2.pointee = $0.pointee * $1.pointee } },
                .peer("BigInt") { sets.bigInt.sweep($0) { $2.pointee = $0.pointee * $1.pointee } },
                gmp(sets.limbs, peer_gmp_multiply),
            ])
    }

    private static func multiplyWrapping() -> Row {
        let sets = Sets(256, 256)
        return row(
            "multiply, 256 bits each",
            [
                .ours { sets.ours.sweep($0) { $2.pointee = $0.pointee &* $1.pointee } },
                .peer("BigInt", .times(50)) { sets.bigInt.sweep($0) { $2.pointee = $0.pointee * $1.pointee } },
                gmp(sets.limbs, peer_gmp_multiply),
            ])
    }

    private static func divide(_ name: String, bits: Int?, limbs: Int) -> Row {
        let sets = Sets(256, bits)
        return row(
            "divide by \(name)",
            [
                .ours { sets.ours.sweep($0) { $2.pointee = $0.pointee / $1.pointee } },
                .peer("BigInt", .times(10)) { sets.bigInt.sweep($0) { $2.pointee = $0.pointee / $1.pointee } },
                gmp(sets.limbs) { peer_gmp_divide($0, $1, $2, $3, limbs) },
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
                .ours(.nanoseconds(30)) { mine.sweep($0) { $2.pointee = $0.pointee.mulDiv($1.pointee, wad) ?? .zero } },
                .peer("BigInt", .times(10)) { theirs.sweep($0) { $2.pointee = $0.pointee * $1.pointee / bigWad } },
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
