internal import EthPrimitives

extension Int256 {
    /// Whether the value is one of `int<bits>`.
    func fits(bits: Int) -> Bool {
        let magnitude = isNegative ? ~bitPattern : bitPattern
        return 256 - magnitude.leadingZeroBitCount < bits
    }
}
