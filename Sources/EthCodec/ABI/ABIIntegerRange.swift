public import EthPrimitives

extension UInt256 {
    /// Whether the value is one of `uint<bits>`, of a whole number of bytes.
    @inlinable
    func fits(bits: Int) -> Bool { bits >= 256 || 256 - leadingZeroBitCount <= bits }
}

extension Int256 {
    /// Whether the value is one of `int<bits>`.
    @inlinable
    func fits(bits: Int) -> Bool {
        let magnitude = isNegative ? ~bitPattern : bitPattern
        return bits >= 256 || 256 - magnitude.leadingZeroBitCount < bits
    }
}
