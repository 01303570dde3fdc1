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
    /// Leave out oracles whose source, next and current price are the same. Their `zzz` then grows old: whoever plans must hold back what
    /// `SourceMemory` says, or the time in which governance can react to a price shrinks.
    public var skipsUnchangedSources: Bool
    public var hasMulticall: Bool
    /// Give every alternative, a single call and access lists too: only for those who execute them, because a list is worth what
    /// execution says.
    public var isExact: Bool
    public var gas: PokeGasModel

    public init(
        choice: PlanChoice, skipsDeadIlks: Bool, skipsUnchangedSpots: Bool, skipsUnchangedSources: Bool = false,
        hasMulticall: Bool, isExact: Bool = false, gas: PokeGasModel
    ) {
        self.choice = choice
        self.skipsDeadIlks = skipsDeadIlks
        self.skipsUnchangedSpots = skipsUnchangedSpots
        self.skipsUnchangedSources = skipsUnchangedSources
        self.hasMulticall = hasMulticall
        self.isExact = isExact
        self.gas = gas
    }

    /// The plans for a branch, best first: by gas used, among equals the MegaPoker first, and without a list before with one.
    /// - Parameters:
    ///   - effects: with what is held back left out.
    ///   - allowsWhole: false where something is held back: the MegaPoker pokes everything.
    public func plans(for effects: PokeEffects, allowsWhole: Bool = true) -> [PokePlan] {
        var plans: [PokePlan] = []
        if allowsWhole, choice != .multicall || !hasMulticall { plans.append(megaPoker(effects)) }
        let subset = multicall(effects)
        if choice != .megaPoker, hasMulticall {
            // Nothing to call is no plan, however cheap.
            if !subset.oracles.isEmpty || !subset.ilks.isEmpty { plans.append(subset) }
        }
        if isExact {
            if choice == .cheapest, subset.oracles.count + subset.ilks.count == 1 {
                plans.append(priced(subset, .single, effects))
            }
            plans += plans.map { priced($0, $0.method, isListed: true, effects) }
        }
        return Self.ranked(plans)
    }

    /// Whether a branch has anything to poke: an oracle that can advance and is not left alone.
    public func hasWork(_ effects: PokeEffects) -> Bool {
        effects.oracles.contains { $0.isEffective && !(skipsUnchangedSources && $0.isIdle) }
    }

    /// Best first, as `plans` has them.
    public static func ranked(_ plans: [PokePlan]) -> [PokePlan] {
        func rank(_ plan: PokePlan) -> (Gas, Int, Int) {
            (plan.gas.used, plan.method == .megaPoker ? 0 : 1, plan.isListed ? 1 : 0)
        }
        return plans.sorted { rank($0) < rank($1) }
    }

    /// The whole MegaPoker: it pokes everything, whether that changes anything or not.
    public func megaPoker(_ effects: PokeEffects) -> PokePlan {
        PokePlan(
            method: .megaPoker, oracles: effects.oracles.filter(\.isEffective).map(\.name), ilks: effects.spots.map(\.ilk),
            gas: gas.megaPoker(effects))
    }

    private func multicall(_ effects: PokeEffects) -> PokePlan {
        let oracles = effects.oracles.filter { $0.isEffective && !(skipsUnchangedSources && $0.isIdle) }.map(\.name)
        let ilks = effects.spots.filter { spot in
            !(skipsDeadIlks && spot.isDead) && !(skipsUnchangedSpots && !spot.changes)
        }.map(\.ilk)
        return PokePlan(
            method: .multicall, oracles: oracles, ilks: ilks,
            gas: gas.multicall(effects, oracles: Set(oracles), ilks: Set(ilks)))
    }

    private func priced(_ plan: PokePlan, _ method: PokeMethod, isListed: Bool = false, _ effects: PokeEffects) -> PokePlan {
        var other = plan
        (other.method, other.isListed) = (method, isListed)
        other.gas = gas.gas(of: other, effects)
        return other
    }
}
