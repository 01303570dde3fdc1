import EthPrimitives

extension PokeGasModel {
    /// The gas of a plan in a branch: of its call, as it is sent.
    public func gas(of plan: PokePlan, _ effects: PokeEffects) -> PokeGas {
        let gas = unlisted(plan, effects)
        guard plan.isListed else { return gas }
        let saving = listSaving(PokeFootprint(of: plan, effects))
        // The list is paid before the first instruction, so the smallest limit falls with it.
        return PokeGas(used: gas.used - min(saving, gas.used), needed: gas.needed - min(saving, gas.needed))
    }

    private func unlisted(_ plan: PokePlan, _ effects: PokeEffects) -> PokeGas {
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
