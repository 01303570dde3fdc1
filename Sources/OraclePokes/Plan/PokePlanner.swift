import EthPrimitives

/// Which ways of poking may be considered.
public enum PlanChoice: String, Codable, Sendable, CaseIterable {
    case cheapest
    case megaPoker = "mega-poker"
    case multicall
}

/// Builds the plans that reach what is due, priced by the gas model.
public struct PokePlanner: Codable, Sendable, Hashable {
    public var choice: PlanChoice
    /// Leave out collateral types with line 0 and debt 0.
    public var skipsDeadIlks: Bool
    /// Leave out spots that would not change.
    public var skipsUnchangedSpots: Bool
    public var hasMulticall: Bool
    public var gas: PokeGasModel

    public init(choice: PlanChoice, skipsDeadIlks: Bool, skipsUnchangedSpots: Bool, hasMulticall: Bool, gas: PokeGasModel) {
        self.choice = choice
        self.skipsDeadIlks = skipsDeadIlks
        self.skipsUnchangedSpots = skipsUnchangedSpots
        self.hasMulticall = hasMulticall
        self.gas = gas
    }

    /// The plans for a branch, best first: by gas used, the MegaPoker first among equals.
    public func plans(for effects: PokeEffects) -> [PokePlan] {
        var plans: [PokePlan] = []
        if choice != .multicall || !hasMulticall { plans.append(megaPoker(effects)) }
        if choice != .megaPoker, hasMulticall {
            let subset = multicall(effects)
            // Nothing to call is no plan, however cheap.
            if !subset.oracles.isEmpty || !subset.ilks.isEmpty { plans.append(subset) }
        }
        return plans.sorted { ($0.gas.used, $0.method == .megaPoker ? 0 : 1) < ($1.gas.used, $1.method == .megaPoker ? 0 : 1) }
    }

    /// The whole MegaPoker: it pokes everything, whether that changes anything or not.
    public func megaPoker(_ effects: PokeEffects) -> PokePlan {
        PokePlan(
            method: .megaPoker, oracles: effects.oracles.filter(\.isEffective).map(\.name), ilks: effects.spots.map(\.ilk),
            gas: gas.megaPoker(effects))
    }

    private func multicall(_ effects: PokeEffects) -> PokePlan {
        let oracles = effects.oracles.filter(\.isEffective).map(\.name)
        let ilks = effects.spots.filter { spot in
            !(skipsDeadIlks && spot.isDead) && !(skipsUnchangedSpots && !spot.changes)
        }.map(\.ilk)
        return PokePlan(
            method: .multicall, oracles: oracles, ilks: ilks,
            gas: gas.multicall(effects, oracles: Set(oracles), ilks: Set(ilks)))
    }
}
