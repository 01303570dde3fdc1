import EthPrimitives

extension PokeGasModel {
    /// The gas of one `OSM.poke` in a transaction of its own; status 0 where the oracle is stopped, too early, or its source reverts.
    public func single(_ oracle: PokeEffects.Oracle) -> PokeGas {
        let gas: Gas =
            switch oracle.branch {
            case .stopped: singleTooEarly - stoppedDiscount
            case .tooEarly: singleTooEarly
            case .sourceReverts: singleTooEarly + sourceReverts
            case .sourceInvalid: singleTooEarly + singleInvalid
            case .effective(let current, let next): singleTooEarly + singleDue + cost(of: current) + cost(of: next)
            }
        return PokeGas(used: gas, needed: gas)
    }

    /// The gas of one `Spotter.poke` in a transaction of its own.
    public func single(_ spot: PokeEffects.Spot) -> PokeGas {
        var gas = singleSpot + cost(of: spot.change ?? .changed)
        gas += multicallLetter * Gas(max(5, spot.ilk.utf8.count) - 5)
        if spot.isVoid { gas -= singleVoidDiscount }
        // EIP-3529: at most a fifth of the gas is refunded.
        let refund = spot.change == .valueToZero ? min(clearRefund, gas / 5) : 0
        return PokeGas(used: gas - refund, needed: gas)
    }
}
