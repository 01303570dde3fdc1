public import EthPrimitives

extension PokeGasModel {
    /// The gas of `MegaPoker.poke()`, which pokes every oracle and every collateral type of its list.
    public func megaPoker(_ effects: PokeEffects) -> PokeGas {
        var gas = megaPokerBase
        var refund: Gas = 0
        for oracle in effects.oracles { gas += cost(of: oracle.branch) }
        var seen: Set<String> = []
        for (index, spot) in effects.spots.enumerated() {
            gas += cost(of: spot, isFirst: index == 0, isFirstOfOracle: seen.insert(spot.oracle ?? spot.ilk).inserted)
            if spot.change == .valueToZero { refund += clearRefund }
        }
        if effects.runsDailyBlock { gas += dailyBlock }
        // EIP-3529: at most a fifth of the gas is refunded.
        return PokeGas(used: gas - min(refund, gas / 5), needed: gas + tail)
    }

    /// The smallest limit with status 1: below `needed` the last call starves while the receipt says success.
    public func megaPokerStatusOne(_ effects: PokeEffects) -> Gas {
        let needed = megaPoker(effects).needed
        // Behind the hourly part of a poker with a daily timer the outer call needs more than a starved call leaves.
        guard let last = effects.spots.last, !effects.runsDailyBlock else { return needed }
        let poked = effects.oracles.contains { $0.name == last.oracle && $0.isEffective }
        let lastCall = 14_388 + (last.changes ? change : 0) + (poked ? 0 : firstOfOracle)
        return needed - tail - min(lastCall, needed - tail)
    }

    func cost(of branch: PokeEffects.OracleBranch) -> Gas {
        switch branch {
        case .stopped: tooEarly - stoppedDiscount
        case .tooEarly: tooEarly
        case .sourceReverts: tooEarly + sourceReverts
        case .sourceInvalid: tooEarly + sourceInvalid
        case .effective(let current, let next): tooEarly + due + cost(of: current) + cost(of: next)
        }
    }

    /// One `Spotter.poke` inside the MegaPoker.
    func cost(of spot: PokeEffects.Spot, isFirst: Bool, isFirstOfOracle: Bool) -> Gas {
        var gas = self.spot + cost(of: spot.change ?? .changed)
        if isFirst { gas += firstSpot }
        if isFirstOfOracle { gas += firstOfOracle }
        return spot.isVoid ? gas - voidDiscount : gas
    }

    /// What geth's `eth_estimateGas` answers for a MegaPoker that uses so much gas: 1.1 to 1.3 % more (bisection tolerance).
    public func nodeEstimate(_ used: Gas) -> Gas { used + used * 12 / 1000 }
}
