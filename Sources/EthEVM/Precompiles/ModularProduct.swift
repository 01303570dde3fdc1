/// Multiplication modulo a number of `count` limbs, on representatives of its own choice.
protocol ModularProduct {
    /// Zero limbs below a number before its remainder is taken: so the representative is made.
    var enteringLimbs: Int { get }
    var divisor: LimbDivisor { get }
    /// `result` may be one of the factors, all are below the modulus.
    func multiply(_ a: Limbs.Address, _ b: Limbs.Address, into result: Limbs.Address)
    /// Makes a representative its number.
    func leave(_ number: Limbs.Address)
    func deallocate()
}

extension ModularProduct {
    /// The representative of a big-endian number whose bytes behind those given are zero.
    func enter(_ bytes: UnsafeRawBufferPointer, _ length: Int, into result: Limbs.Address) {
        let count = (length + 7) / 8
        let room = Limbs.make(max(divisor.count, enteringLimbs + count) + 1)
        defer { room.deallocate() }
        Limbs.load(room + enteringLimbs, count, bytes, length)
        divisor.reduce(room, max(divisor.count, enteringLimbs + count))
        Limbs.copy(room, divisor.count, to: result)
    }
}

/// Modulo any number: multiplies, then divides.
struct DividedProduct: ModularProduct {
    let divisor: LimbDivisor
    private let product: Limbs.Address

    var enteringLimbs: Int { 0 }

    init(_ modulus: Limbs.Address, _ count: Int) {
        divisor = LimbDivisor(modulus, count)
        product = Limbs.make(2 * count + 1)
    }

    func deallocate() {
        divisor.deallocate()
        product.deallocate()
    }

    func multiply(_ a: Limbs.Address, _ b: Limbs.Address, into result: Limbs.Address) {
        let count = divisor.count
        product.update(repeating: 0, count: count)
        for index in 0..<count { product[index &+ count] = Limbs.addProduct(a, count, b[index], to: product + index) }
        divisor.reduce(product, 2 &* count)
        Limbs.copy(product, count, to: result)
    }

    func leave(_ number: Limbs.Address) {}
}

/// Modulo an odd number, without divisions (Montgomery, 1985): x is represented by x · 2^(64 · count).
struct MontgomeryProduct: ModularProduct {
    let divisor: LimbDivisor
    private let modulus: Limbs.Address
    /// -1 / modulus, modulo 2⁶⁴.
    private let inverse: UInt64
    private let sum: Limbs.Address

    var enteringLimbs: Int { divisor.count }

    /// - Parameter modulus: stays the caller's.
    init(_ modulus: Limbs.Address, _ count: Int) {
        divisor = LimbDivisor(modulus, count)
        self.modulus = modulus
        sum = Limbs.make(count + 2)
        // Right in the lowest three bits; each step doubles how many are.
        var inverse = modulus[0]
        for _ in 0..<5 { inverse = inverse &* (2 &- modulus[0] &* inverse) }
        self.inverse = 0 &- inverse
    }

    func deallocate() {
        divisor.deallocate()
        sum.deallocate()
    }

    func multiply(_ a: Limbs.Address, _ b: Limbs.Address, into result: Limbs.Address) {
        let count = divisor.count
        sum.update(repeating: 0, count: count &+ 1)
        for index in 0..<count { add(a, b[index]) }
        finish(result)
    }

    /// Multiplies by one, which takes the factor of the representative out.
    func leave(_ number: Limbs.Address) {
        let count = divisor.count
        sum.update(repeating: 0, count: count &+ 1)
        add(number, 1)
        for _ in 1..<max(1, count) { add(number, 0) }
        finish(number)
    }

    /// Adds a · b, and as much of the modulus as makes the lowest limb zero, which then goes.
    @inline(__always)
    private func add(_ a: Limbs.Address, _ b: UInt64) {
        let count = divisor.count
        let factor = (sum[0] &+ a[0] &* b) &* inverse
        var (first, second): (UInt64, UInt64)
        let low = UInt128(a[0]) &* UInt128(b) &+ UInt128(sum[0])
        first = UInt64(truncatingIfNeeded: low &>> 64)
        let zero = UInt128(modulus[0]) &* UInt128(factor) &+ UInt128(UInt64(truncatingIfNeeded: low))
        second = UInt64(truncatingIfNeeded: zero &>> 64)
        for index in 1..<max(1, count) {
            let full = UInt128(a[index]) &* UInt128(b) &+ UInt128(sum[index]) &+ UInt128(first)
            first = UInt64(truncatingIfNeeded: full &>> 64)
            let reduced =
                UInt128(modulus[index]) &* UInt128(factor) &+ UInt128(UInt64(truncatingIfNeeded: full)) &+ UInt128(second)
            sum[index &- 1] = UInt64(truncatingIfNeeded: reduced)
            second = UInt64(truncatingIfNeeded: reduced &>> 64)
        }
        let top = UInt128(sum[count]) &+ UInt128(first) &+ UInt128(second)
        sum[count &- 1] = UInt64(truncatingIfNeeded: top)
        sum[count] = UInt64(truncatingIfNeeded: top &>> 64)
    }

    /// The sum is below twice the modulus.
    @inline(__always)
    private func finish(_ result: Limbs.Address) {
        let count = divisor.count
        if sum[count] != 0 || !Limbs.isLess(sum, than: modulus, count) { Limbs.subtract(sum, modulus, count) }
        Limbs.copy(sum, count, to: result)
    }
}
