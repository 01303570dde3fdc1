import EthPrimitives

extension Wei {
    /// Ether as monitoring takes it, where numbers are floating. Nothing is decided by it.
    var approximateEther: Double { approximate(1e18) }
    /// Gwei likewise.
    var approximateGwei: Double { approximate(1e9) }

    private func approximate(_ unit: Double) -> Double {
        let bytes = rawValue.bigEndianBytes.bytes
        return bytes.reduce(0.0) { $0 * 256 + Double($1) } / unit
    }
}
