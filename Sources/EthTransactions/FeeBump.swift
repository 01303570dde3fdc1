public import EthPrimitives

/// The fees of a replacement with the same nonce. Nodes take it only if both caps rise by 10 % (geth's pool, `pricebump`);
/// the historic 12.5 % satisfies every client.
public enum FeeBump {
    /// The amount raised by 12.5 % rounded up, and by at least 10 % rounded up and one wei; `nil` above 256 bits.
    ///
    ///     0 → 1     1 → 3     100 → 113     1 gwei → 1.125 gwei
    public static func raised(_ amount: Wei) -> Wei? {
        let value = amount.rawValue
        let eighth = value / 8 + (value % 8 == .zero ? 0 : 1)
        let tenth = value / 10 + (value % 10 == .zero ? 1 : 2)
        let (sum, overflow) = value.addingReportingOverflow(max(eighth, tenth))
        return overflow ? nil : Wei(sum)
    }

    /// Both caps raised, and to the market's level if that is higher.
    /// - Parameters:
    ///   - current: the caps of the transaction to replace.
    ///   - market: what a fresh transaction would offer now.
    ///   - cap: the most for `maxFeePerGas`.
    /// - Returns: `nil` if a replacement that nodes take would exceed the cap: then keep waiting with what is out.
    public static func replacement(for current: FeeCaps, market: FeeCaps? = nil, cap: Wei) -> FeeCaps? {
        guard let fee = raised(current.maxFeePerGas), let tip = raised(current.maxPriorityFeePerGas), fee <= cap, tip <= cap
        else {
            return nil
        }
        let maxFee = min(cap, max(fee, tip, market?.maxFeePerGas ?? .zero))
        return FeeCaps(maxFeePerGas: maxFee, maxPriorityFeePerGas: min(maxFee, max(tip, market?.maxPriorityFeePerGas ?? .zero)))
    }
}
