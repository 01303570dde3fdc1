import EthPrimitives
import Synchronization

/// What instructions do with 256-bit words where it is not an operator of `UInt256`.
enum Word {
    /// The word on a stack, limb by limb. Without this the compiler copies words in halves of 16 bytes, which must wait until the
    /// limbs that an instruction just wrote one by one have left the processor for its cache: a third of the time of common loops.
    @inline(__always)
    static func read(_ place: UnsafeMutablePointer<UInt256>) -> UInt256 {
        let limbs = UnsafeRawPointer(place).assumingMemoryBound(to: Atomic<UInt64>.self)
        return UInt256(
            limbs: limbs[0].load(ordering: .relaxed), limbs[1].load(ordering: .relaxed), limbs[2].load(ordering: .relaxed),
            limbs[3].load(ordering: .relaxed))
    }

    @inline(__always)
    static func truth(_ value: Bool) -> UInt256 { UInt256(limbs: value ? 1 : 0, 0, 0, 0) }

    /// The address as a word, zeros before it.
    static func of(_ address: Address) -> UInt256 { address.word.withUnsafeBytes { UInt256(bigEndianBytes: $0) } }

    /// The address in the low 20 bytes of a word.
    static func address(_ word: UInt256) -> Address { Address(lowBytesOf: word.bigEndianBytes) }

    @inline(__always)
    static func isNegative(_ word: UInt256) -> Bool { word.limbs.3 &>> 63 == 1 }

    /// Two's complement.
    @inline(__always)
    static func negated(_ word: UInt256) -> UInt256 { ~word &+ UInt256(limbs: 1, 0, 0, 0) }

    private static func magnitude(_ word: UInt256) -> UInt256 { isNegative(word) ? negated(word) : word }

    /// Rounds towards zero; by zero is zero, and −2²⁵⁵ by −1 is −2²⁵⁵.
    static func signedQuotient(_ a: UInt256, _ b: UInt256) -> UInt256 {
        guard b != .zero else { return .zero }
        let quotient = magnitude(a) / magnitude(b)
        return isNegative(a) != isNegative(b) ? negated(quotient) : quotient
    }

    /// Has the sign of the dividend; by zero is zero.
    static func signedRemainder(_ a: UInt256, _ b: UInt256) -> UInt256 {
        guard b != .zero else { return .zero }
        let remainder = magnitude(a) % magnitude(b)
        return isNegative(a) ? negated(remainder) : remainder
    }

    @inline(__always)
    static func isSignedLess(_ a: UInt256, _ b: UInt256) -> Bool {
        isNegative(a) == isNegative(b) ? a < b : isNegative(a)
    }

    /// Over the 257 bits of the sum.
    static func sum(_ a: UInt256, _ b: UInt256, modulo m: UInt256) -> UInt256 {
        guard m != .zero else { return .zero }
        let (x, y) = (a % m, b % m)
        let (sum, carry) = x.addingReportingOverflow(y)
        return carry || sum >= m ? sum &- m : sum
    }

    /// Over the 512 bits of the product.
    static func product(_ a: UInt256, _ b: UInt256, modulo m: UInt256) -> UInt256 {
        guard m != .zero else { return .zero }
        let product = a.multipliedFullWidth(by: b)
        guard product.high != .zero else { return product.low % m }
        return m.dividingFullWidth((product.high % m, product.low)).remainder
    }

    /// Modulo 2²⁵⁶.
    static func power(_ base: UInt256, _ exponent: UInt256) -> UInt256 {
        var result = UInt256(limbs: 1, 0, 0, 0)
        var (square, left) = (base, exponent)
        while left != .zero {
            if left.limbs.0 & 1 == 1 { result = result &* square }
            left = left &>> UInt256(limbs: 1, 0, 0, 0)
            if left != .zero { square = square &* square }
        }
        return result
    }

    /// The word with the sign bit of its byte `index`, counted from the lowest, in all bytes above.
    static func signExtended(_ word: UInt256, fromByte index: UInt256) -> UInt256 {
        guard let index = index.asUInt64, index < 31 else { return word }
        let bits = UInt256(limbs: 256 &- 8 &* (index &+ 1), 0, 0, 0)
        return arithmeticallyShiftedRight(word &<< bits, by: bits)
    }

    /// The byte at an index, counted from the highest.
    static func byte(_ word: UInt256, at index: UInt256) -> UInt256 {
        guard let index = index.asUInt64, index < 32 else { return .zero }
        return word &>> UInt256(limbs: 248 &- 8 &* index, 0, 0, 0) & UInt256(limbs: 0xff, 0, 0, 0)
    }

    @inline(__always)
    static func shiftedLeft(_ word: UInt256, by count: UInt256) -> UInt256 {
        count < UInt256(limbs: 256, 0, 0, 0) ? word &<< count : .zero
    }

    @inline(__always)
    static func shiftedRight(_ word: UInt256, by count: UInt256) -> UInt256 {
        count < UInt256(limbs: 256, 0, 0, 0) ? word &>> count : .zero
    }

    static func arithmeticallyShiftedRight(_ word: UInt256, by count: UInt256) -> UInt256 {
        guard isNegative(word) else { return shiftedRight(word, by: count) }
        guard count < UInt256(limbs: 256, 0, 0, 0) else { return .max }
        return ~(~word &>> count)
    }

    // MARK: Memory

    /// Reads 32 big-endian bytes.
    @inline(__always)
    static func load(_ bytes: UnsafePointer<UInt8>) -> UInt256 {
        let raw = UnsafeRawPointer(bytes)
        return UInt256(
            limbs: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)))
    }

    @inline(__always)
    static func store(_ word: UInt256, _ bytes: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(bytes)
        let limbs = word.limbs
        raw.storeBytes(of: limbs.3.bigEndian, toByteOffset: 0, as: UInt64.self)
        raw.storeBytes(of: limbs.2.bigEndian, toByteOffset: 8, as: UInt64.self)
        raw.storeBytes(of: limbs.1.bigEndian, toByteOffset: 16, as: UInt64.self)
        raw.storeBytes(of: limbs.0.bigEndian, toByteOffset: 24, as: UInt64.self)
    }

    /// 32 bytes from an offset, zeros where the input has ended.
    @inline(__always)
    static func load(_ input: UnsafeRawBufferPointer, at offset: UInt256) -> UInt256 {
        guard let offset = offset.asUInt64, offset < UInt64(input.count), let base = input.baseAddress else { return .zero }
        let start = Int(truncatingIfNeeded: offset)
        let bytes = base + start
        if input.count &- start >= 32 { return load(bytes.assumingMemoryBound(to: UInt8.self)) }
        var word: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &word) { word in
            word.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: input.count &- start))
            return UInt256(bigEndianBytes: UnsafeRawBufferPointer(word))
        }
    }

    static func keccak(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt256 {
        UInt256(bigEndian: Keccak256.hash(UnsafeRawBufferPointer(start: bytes, count: count)))
    }
}
