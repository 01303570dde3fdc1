extension UInt256 {
    /// `self * multiplier / divisor` rounded down, over the 512-bit product: what fixed-point prices in wad (10¹⁸) and ray (10²⁷) need.
    ///
    /// `nil` if the divisor is zero or the result exceeds 256 bits.
    public func mulDiv(_ multiplier: Self, _ divisor: Self) -> Self? {
        // Amounts scaled by wad or ray mostly stay below 128 bits each.
        if limb2 | limb3 | multiplier.limb2 | multiplier.limb3 == 0 {
            return divisor == .zero ? nil : Self.product(ofLowHalves: self, multiplier) / divisor
        }
        return scaled(multiplier, divisor)?.quotient
    }

    /// `self * multiplier / divisor` rounded up, otherwise like `mulDiv`.
    public func mulDivRoundingUp(_ multiplier: Self, _ divisor: Self) -> Self? {
        guard let (quotient, remainder) = scaled(multiplier, divisor) else { return nil }
        guard remainder != .zero else { return quotient }
        return quotient == .max ? nil : quotient &+ 1
    }

    private func scaled(_ multiplier: Self, _ divisor: Self) -> (quotient: Self, remainder: Self)? {
        let product = multipliedFullWidth(by: multiplier)
        return product.high < divisor ? divisor.dividingFullWidth(product) : nil
    }

    /// The square root, rounded down.
    public func squareRoot() -> Self {
        if self < 2 { return self }
        // Newton's iteration falls from any power of two at or above the root, and has arrived when it falls no further.
        var root = Self(limbs: 1, 0, 0, 0).shiftedLeft(by: UInt64((257 - leadingZeroBitCount) / 2))
        while true {
            let next = (root &+ self / root).shiftedRight(by: 1)
            if next >= root { return root }
            root = next
        }
    }
}
