import EthPrimitives

extension PokeGasModel {
    /// The gas of `aggregate3` over a choice of oracles and collateral types, oracles first.
    public func multicall(_ effects: PokeEffects, oracles: Set<String>, ilks: Set<String>) -> PokeGas {
        var gas = multicallBase
        var refund: Gas = 0
        for oracle in effects.oracles where oracles.contains(oracle.name) {
            gas += multicallDue + cost(of: oracle.branch) - min(cost(of: oracle.branch), tooEarly + due)
        }
        var seen: Set<String> = []
        for spot in effects.spots where ilks.contains(spot.ilk) {
            gas += multicallSpot + cost(of: spot.change ?? .changed)
            gas += multicallLetter * Gas(max(5, spot.ilk.utf8.count) - 5)
            if seen.isEmpty { gas += multicallFirstSpot }
            if seen.insert(spot.oracle ?? spot.ilk).inserted {
                gas += multicallFirstOfOracle
                if spot.oracle.map({ !oracles.contains($0) }) ?? true { gas += multicallColdOracle }
            }
            if spot.change == .valueToZero { refund += clearRefund }
        }
        return PokeGas(used: gas - min(refund, gas / 5), needed: gas)
    }
}
