public import EthPrimitives
public import EthTransactions

/// The fees of another form with the same nonce. Pure arithmetic; all amounts in wei per unit of gas.
public enum FeeReplacement {
    /// Both caps 12.5 % above what is out, rounded up, and at the market's level if that is higher; nodes ask for 10 % (geth's
    /// `pricebump`).
    /// - Returns: `nil` if that exceeds the cap: then what is out must do.
    public static func above(_ current: FeeCaps, market: FeeCaps?, cap: Wei, isLegacy: Bool) -> FeeCaps? {
        guard let caps = FeeBump.replacement(for: current, market: market, cap: cap) else { return nil }
        guard isLegacy else { return caps }
        // One price is both caps.
        let price = max(caps.maxFeePerGas, caps.maxPriorityFeePerGas)
        return FeeCaps(maxFeePerGas: price, maxPriorityFeePerGas: price)
    }

    /// The market's level, if it has fallen so far below what was offered that two replacements fit in between. For a transaction
    /// that the pools have dropped: there it meets no other, and its reserve shrinks to what is needed.
    public static func below(_ current: FeeCaps, market: FeeCaps) -> FeeCaps? {
        guard let once = FeeBump.raised(market.maxFeePerGas), let twice = FeeBump.raised(once), twice <= current.maxFeePerGas,
            market.maxPriorityFeePerGas <= current.maxPriorityFeePerGas
        else { return nil }
        return market
    }
}
