import EthPrimitives

extension PokeGasModel {
    /// The gas of `aggregate3` over a choice of oracles and collateral types, oracles first.
    public func multicall(_ effects: PokeEffects, oracles: Set<String>, ilks: Set<String>) -> PokeGas {
        var gas = multicallBase
        var refund: Gas = 0
        for oracle in effects.oracles where oracles.contains(oracle.name) {
            // `multicallDue` holds what an effective poke costs without changes; others cost what they cost in the MegaPoker.
            let cost = cost(of: oracle.branch)
            gas += oracle.isEffective ? multicallDue + cost - tooEarly - due : multicallIdle + cost
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
