import EthPrimitives
import OraclePokes

/// The way from the whole MegaPoker to what was sent, in steps that each have one cause: what each would have used, in the state and at the
/// time of the poke. Every step is a call that could have been sent, and is priced as such.
struct GasPath: Sendable {
    /// Gas of the MegaPoker, whole and without a list.
    private(set) var whole: Gas
    /// What each cause took off, in order: they sum to `whole` less the gas of the poke.
    private(set) var parts: [(cause: SavingCause, gas: Int64)] = []

    /// - Parameter actual: what the poke used.
    init(
        _ sent: PokeCall, _ actual: Gas, _ world: StudyWorld, at moment: PokeMoment, _ pricing: inout some PokePricing
    ) throws(ScenarioError) {
        let world = Self.kept(world, but: sent.plan)
        let effects = world.facts.effects(at: moment.time)
        let names = effects.oracles.map(\.name)
        func plan(_ method: PokeMethod, _ oracles: [String], _ ilks: [String]) -> PokeCall {
            PokeCall(PokePlan(method: method, oracles: oracles, ilks: ilks, gas: PokeGas(used: 0, needed: 0)))
        }
        var ilks = effects.spots.map(\.ilk)
        let mega = plan(.megaPoker, effects.oracles.filter(\.isEffective).map(\.name), ilks)
        whole = try pricing.price(mega, world, at: moment).gasUsed
        var last = Int64(clamping: whole)
        var transport: Int64 = 0
        func step(_ cause: SavingCause, _ gas: Gas) {
            let now = Int64(clamping: gas)
            if cause == .transport { transport += last - now } else if last != now { parts.append((cause, last - now)) }
            last = now
        }
        if sent.plan.method != .megaPoker {
            var oracles = names
            func subset(_ cause: SavingCause) throws(ScenarioError) {
                step(cause, try pricing.price(plan(.multicall, oracles, ilks), world, at: moment).gasUsed)
            }
            try subset(.transport)
            let dead = Set(effects.spots.filter(\.isDead).map(\.ilk)).subtracting(sent.plan.ilks)
            ilks.removeAll { dead.contains($0) }
            if !dead.isEmpty { try subset(.deadIlks) }
            if ilks != sent.plan.ilks {
                ilks = sent.plan.ilks
                try subset(.unchangedSpots)
            }
            let idle = Set(effects.oracles.filter { !$0.isEffective }.map(\.name)).subtracting(sent.plan.oracles)
            oracles.removeAll { idle.contains($0) }
            if !idle.isEmpty { try subset(.idleOracles) }
            if oracles != sent.plan.oracles {
                oracles = sent.plan.oracles
                try subset(.unchangedSources)
            }
        }
        step(.transport, try pricing.price(PokeCall(sent.plan), world, at: moment).gasUsed)
        if sent.accessList != nil { step(.accessList, try pricing.price(sent, world, at: moment).gasUsed) }
        step(.failures, actual)
        if transport != 0 { parts.append((.transport, transport)) }
    }

    /// The world with the spots that a plan leaves out as up to date as a MegaPoker would have kept them: that they are not is the doing of
    /// the same cause, in slots before.
    private static func kept(_ world: StudyWorld, but plan: PokePlan) -> StudyWorld {
        var kept = world
        for (index, ilk) in world.facts.ilks.enumerated() where plan.method != .megaPoker && !plan.ilks.contains(ilk.name) {
            guard let oracle = world.facts.oracle(ilk.oracle),
                let spot = IlkFacts.spot(for: oracle.current, par: world.facts.par, mat: ilk.mat)
            else { continue }
            kept.facts.ilks[index].spot = spot
        }
        return kept
    }
}
