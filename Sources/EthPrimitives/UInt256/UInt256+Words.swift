extension UInt256 {
    /// The low and high 128 bits.
    @inlinable var lowHalf: UInt128 { UInt128(truncatingIfNeeded: limb1) &<< 64 | UInt128(truncatingIfNeeded: limb0) }
    @inlinable var highHalf: UInt128 { UInt128(truncatingIfNeeded: limb3) &<< 64 | UInt128(truncatingIfNeeded: limb2) }

    @inlinable
    init(high: UInt128 = 0, low: UInt128) {
        self.init(
            limbs: UInt64(truncatingIfNeeded: low), UInt64(truncatingIfNeeded: low &>> 64), UInt64(truncatingIfNeeded: high),
            UInt64(truncatingIfNeeded: high &>> 64))
    }

    /// The 256 bits in words of the machine, least significant first.
    @inlinable public var words: Words { Words(self) }

    /// The words of a 256-bit number: a view, which needs no memory of its own.
    @frozen
    public struct Words: RandomAccessCollection, Sendable {
        @usableFromInline let number: UInt256

        @inlinable init(_ number: UInt256) { self.number = number }

        @inlinable public var startIndex: Int { 0 }
        @inlinable public var endIndex: Int { 256 / UInt.bitWidth }

        @inlinable
        public subscript(position: Int) -> UInt {
            precondition(position >= 0 && position < endIndex, "a 256-bit number has no such word")
            let bit = position &* UInt.bitWidth
            let limb: UInt64
            switch bit &>> 6 {
            case 0: limb = number.limb0
            case 1: limb = number.limb1
            case 2: limb = number.limb2
            default: limb = number.limb3
            }
            return UInt(truncatingIfNeeded: limb &>> UInt64(bit & 63))
        }
    }
}
