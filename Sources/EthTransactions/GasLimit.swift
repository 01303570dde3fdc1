public import EthPrimitives

/// Why no gas limit can be given.
public enum GasLimitError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The work itself does not fit: with the cap as limit it would run out of gas, perhaps silently in an inner call.
    case aboveCap(needed: Gas, cap: Gas)

    public var description: String {
        switch self {
        case .aboveCap(let needed, let cap): "the transaction needs \(needed) gas, more than the cap of \(cap)"
        }
    }
}

/// The gas limit of a transaction. Pure integer arithmetic, in units of gas.
public enum GasLimit {
    /// The most that one transaction may ask for (EIP-7825: 2²⁴).
    public static let protocolCap: Gas = 16_777_216

    /// What the work needs: `ceil(max(simulated, model) × 64/63)`.
    ///
    /// A call forwards all but 1/64 of the gas that is left (EIP-150), so that gas used exactly once over does not reach the last
    /// inner call. Saturates at the largest amount.
    public static func needed(simulated: Gas, model: Gas = 0) -> Gas {
        let work = max(simulated, model)
        let tail = work.dividedCeiling(by: 63)
        let (sum, overflow) = work.addingReportingOverflow(tail)
        return overflow ? .max : sum
    }

    /// `ceil(needed × (100 + margin) / 100)`, cut to the caps.
    ///
    /// The caps may eat the margin but not the need.
    /// - Parameters:
    ///   - simulated: gas used in a simulation of the transaction where it will land.
    ///   - model: gas that a model expects, 0 without a model; the larger of the two counts.
    ///   - exact: the smallest limit with which every inner call gets what it needs, where it is known; 0 otherwise. Not scaled: the
    ///     64th parts are in it.
    ///   - marginPercent: head-room for state that changes in between.
    ///   - cap: the keeper's own cap; the protocol's applies as well.
    /// - Throws: `GasLimitError.aboveCap` if the need exceeds a cap.
    public static func limit(
        simulated: Gas, model: Gas = 0, exact: Gas = 0, marginPercent: UInt64, cap: Gas = protocolCap
    ) throws(GasLimitError) -> Gas {
        let cap = min(cap, protocolCap)
        let needed = max(exact, needed(simulated: simulated, model: model))
        guard needed <= cap else { throw .aboveCap(needed: needed, cap: cap) }
        // `needed` is below 2²⁴ here, so that only an absurd margin overflows.
        let (scaled, overflow) = needed.multipliedReportingOverflow(by: 100 + min(marginPercent, 1 << 32))
        return overflow ? cap : min(cap, scaled.dividedCeiling(by: 100))
    }
}

extension UInt64 {
    fileprivate func dividedCeiling(by divisor: UInt64) -> UInt64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return quotient + (remainder == 0 ? 0 : 1)
    }
}
