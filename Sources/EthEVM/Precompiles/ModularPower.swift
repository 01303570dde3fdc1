/// A power modulo a number of any size.
struct ModularPower {
    /// A big-endian number of `count` bytes of which the last may be missing: they are zero.
    struct Operand {
        let bytes: UnsafeRawBufferPointer
        let count: Int

        init(_ bytes: UnsafeRawBufferPointer, count: Int) {
            self.bytes = bytes
            self.count = count
        }
    }

    let base: Operand
    let exponent: Operand
    let modulus: Operand

    /// The result in as many bytes as the modulus was given in; zero modulo zero.
    func bigEndianBytes() -> [UInt8] {
        var result = [UInt8](repeating: 0, count: modulus.count)
        // As many limbs as the modulus fills without its leading zeros.
        let leading = modulus.bytes.firstIndex { $0 != 0 } ?? modulus.count
        let count = (modulus.count - leading + 7) / 8
        guard leading < modulus.bytes.count else { return result }
        let limbs = Limbs.make(count)
        defer { limbs.deallocate() }
        Limbs.load(limbs, count, modulus.bytes, modulus.count)
        let power = Limbs.make(count)
        defer { power.deallocate() }
        if limbs[0] & 1 == 1 {
            raise(MontgomeryProduct(limbs, count), count, into: power)
        } else {
            raise(DividedProduct(limbs, count), count, into: power)
        }
        Limbs.store(power, count, &result)
        return result
    }

    /// Squares and multiplies, the exponent's digits from the top: digits of four bits if there are many, else of one.
    private func raise<Product: ModularProduct>(_ product: Product, _ count: Int, into result: Limbs.Address) {
        defer { product.deallocate() }
        let first = exponent.bytes.firstIndex { $0 != 0 } ?? exponent.count
        let width = exponent.count - first > 4 ? 4 : 1
        let powers = Limbs.make(count << width)
        defer { powers.deallocate() }
        let one: UInt8 = 1
        withUnsafeBytes(of: one) { product.enter($0, 1, into: powers) }
        product.enter(base.bytes, base.count, into: powers + count)
        for index in 2..<max(2, 1 << width) {
            product.multiply(powers + count &* (index &- 1), powers + count, into: powers + count &* index)
        }
        Limbs.copy(powers, count, to: result)
        // One stays one when it is squared.
        var isOne = true
        var position = first
        while position < exponent.count {
            let byte = position < exponent.bytes.count ? exponent.bytes[position] : 0
            var shift = 8 &- width
            while shift >= 0 {
                if !isOne { for _ in 0..<width { product.multiply(result, result, into: result) } }
                let digit = Int(byte &>> UInt8(shift)) & (1 &<< width &- 1)
                if digit != 0 {
                    if isOne {
                        Limbs.copy(powers + count &* digit, count, to: result)
                    } else {
                        product.multiply(result, powers + count &* digit, into: result)
                    }
                    isOne = false
                }
                shift &-= width
            }
            position &+= 1
        }
        product.leave(result)
    }
}
