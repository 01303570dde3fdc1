extension UInt256 {
    @inlinable public static func &<<= (a: inout Self, b: Self) { a = a.shiftedLeft(by: b.limb0 & 255) }
    @inlinable public static func &>>= (a: inout Self, b: Self) { a = a.shiftedRight(by: b.limb0 & 255) }

    /// Shifts by fewer than 256 bits.
    @inlinable
    func shiftedLeft(by count: UInt64) -> Self {
        var value = self
        if count & 128 != 0 { value = Self(limbs: 0, 0, value.limb0, value.limb1) }
        if count & 64 != 0 { value = Self(limbs: 0, value.limb0, value.limb1, value.limb2) }
        return value.shiftedLeft(bits: count & 63)
    }

    /// Shifts by fewer than 256 bits, from the left come zeros.
    @inlinable
    func shiftedRight(by count: UInt64) -> Self {
        var value = self
        if count & 128 != 0 { value = Self(limbs: value.limb2, value.limb3, 0, 0) }
        if count & 64 != 0 { value = Self(limbs: value.limb1, value.limb2, value.limb3, 0) }
        return value.shiftedRight(bits: count & 63)
    }

    /// Shifts by fewer than 64 bits.
    @inlinable
    func shiftedLeft(bits: UInt64) -> Self {
        // Two shifts, as one by 64 would mask to none.
        let back = 63 &- bits
        return Self(
            limbs: limb0 &<< bits, limb1 &<< bits | (limb0 &>> 1) &>> back, limb2 &<< bits | (limb1 &>> 1) &>> back,
            limb3 &<< bits | (limb2 &>> 1) &>> back)
    }

    /// Shifts by fewer than 64 bits.
    @inlinable
    func shiftedRight(bits: UInt64) -> Self {
        let back = 63 &- bits
        return Self(
            limbs: limb0 &>> bits | (limb1 &<< 1) &<< back, limb1 &>> bits | (limb2 &<< 1) &<< back,
            limb2 &>> bits | (limb3 &<< 1) &<< back, limb3 &>> bits)
    }
}
