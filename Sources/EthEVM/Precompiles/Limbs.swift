/// Natural numbers as limbs, least significant first, at addresses that the caller keeps.
enum Limbs {
    typealias Address = UnsafeMutablePointer<UInt64>

    /// Zeros; for the caller to deallocate.
    static func make(_ count: Int) -> Address {
        let limbs = Address.allocate(capacity: max(1, count))
        limbs.initialize(repeating: 0, count: max(1, count))
        return limbs
    }

    static func copy(_ from: Address, _ count: Int, to: Address) { to.update(from: from, count: count) }

    /// Reads a big-endian number of `length` bytes, of which those behind `bytes` are zero. What does not fit `count` limbs is left out.
    static func load(_ limbs: Address, _ count: Int, _ bytes: UnsafeRawBufferPointer, _ length: Int) {
        for index in 0..<count {
            let end = length &- 8 &* index
            var limb: UInt64 = 0
            if end >= 8, end <= bytes.count {
                limb = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
            } else {
                for position in max(0, end &- 8)..<max(0, end) {
                    limb = limb &<< 8 | UInt64(position < bytes.count ? bytes[position] : 0)
                }
            }
            limbs[index] = limb
        }
    }

    /// Writes the lowest bytes of a number big-endian, as many as there is room for; the room beyond the number stays as it is.
    static func store(_ limbs: Address, _ count: Int, _ bytes: inout [UInt8]) {
        for index in 0..<min(bytes.count, 8 * count) {
            bytes[bytes.count - 1 - index] = UInt8(truncatingIfNeeded: limbs[index / 8] >> UInt64(8 * (index % 8)))
        }
    }

    /// Takes b from a, both of `count` limbs; whether it had to borrow beyond them.
    @inline(__always)
    @discardableResult
    static func subtract(_ a: Address, _ b: Address, _ count: Int) -> Bool {
        var borrow: UInt64 = 0
        for index in 0..<count {
            let (first, under) = a[index].subtractingReportingOverflow(b[index])
            let (second, again) = first.subtractingReportingOverflow(borrow)
            a[index] = second
            borrow = (under || again) ? 1 : 0
        }
        return borrow == 1
    }

    /// Whether a is less than b, both of `count` limbs.
    @inline(__always)
    static func isLess(_ a: Address, than b: Address, _ count: Int) -> Bool {
        var index = count &- 1
        while index >= 0 {
            if a[index] != b[index] { return a[index] < b[index] }
            index &-= 1
        }
        return false
    }

    /// Adds a · b to the limbs at `sum`; the carry out of the last.
    @inline(__always)
    static func addProduct(_ a: Address, _ count: Int, _ b: UInt64, to sum: Address) -> UInt64 {
        var carry: UInt64 = 0
        for index in 0..<count {
            // Cannot overflow: (2⁶⁴ - 1)² + 2 (2⁶⁴ - 1) = 2¹²⁸ - 1.
            let full = UInt128(a[index]) &* UInt128(b) &+ UInt128(sum[index]) &+ UInt128(carry)
            sum[index] = UInt64(truncatingIfNeeded: full)
            carry = UInt64(truncatingIfNeeded: full &>> 64)
        }
        return carry
    }

    /// Takes a · b from the limbs at `rest`; what is to be borrowed from the limb behind them.
    @inline(__always)
    static func subtractProduct(_ a: Address, _ count: Int, _ b: UInt64, from rest: Address) -> UInt64 {
        var borrow: UInt64 = 0
        for index in 0..<count {
            let full = UInt128(a[index]) &* UInt128(b) &+ UInt128(borrow)
            let (limb, under) = rest[index].subtractingReportingOverflow(UInt64(truncatingIfNeeded: full))
            rest[index] = limb
            borrow = UInt64(truncatingIfNeeded: full &>> 64) &+ (under ? 1 : 0)
        }
        return borrow
    }

    /// Moves the bits of a number up by less than a limb; what leaves the top.
    @discardableResult
    static func shiftLeft(_ limbs: Address, _ count: Int, _ bits: UInt64) -> UInt64 {
        guard bits > 0 else { return 0 }
        var spill: UInt64 = 0
        for index in 0..<count {
            let limb = limbs[index]
            limbs[index] = limb &<< bits | spill
            spill = limb &>> (64 &- bits)
        }
        return spill
    }

    /// Moves the bits of a number down by less than a limb.
    static func shiftRight(_ limbs: Address, _ count: Int, _ bits: UInt64) {
        guard bits > 0 else { return }
        for index in 0..<count {
            let above = index &+ 1 < count ? limbs[index &+ 1] : 0
            limbs[index] = limbs[index] &>> bits | above &<< (64 &- bits)
        }
    }
}
