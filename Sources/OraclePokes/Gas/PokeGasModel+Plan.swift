import EthPrimitives

extension PokeGasModel {
    /// The gas of a plan in a branch: of its call, as it is sent.
    public func gas(of plan: PokePlan, _ effects: PokeEffects) -> PokeGas {
        switch plan.method {
        case .megaPoker: megaPoker(effects)
        case .multicall: multicall(effects, oracles: Set(plan.oracles), ilks: Set(plan.ilks))
        case .single: single(plan, effects)
        }
    }

    private func single(_ plan: PokePlan, _ effects: PokeEffects) -> PokeGas {
        if let oracle = effects.oracles.first(where: { plan.oracles.contains($0.name) }) { return single(oracle) }
        if let spot = effects.spots.first(where: { plan.ilks.contains($0.ilk) }) { return single(spot) }
        // What is none of the facts' is dear, never free.
        return PokeGas(used: singleSpot, needed: singleSpot)
    }
}
