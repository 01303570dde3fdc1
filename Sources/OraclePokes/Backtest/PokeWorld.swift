import EthPrimitives

/// A poke that the next block will include.
struct PendingPoke: Sendable, Hashable {
    var plan: PokePlan
    var gasLimit: Gas
    /// Unix seconds.
    var slot: UInt64
}

/// A poke as a strategy's world included it.
struct IncludedPoke: Sendable, Hashable {
    var plan: PokePlan
    var effects: PokeEffects
    var gas: PokeGas
    var gasLimit: Gas
    /// Unix seconds of the block.
    var time: UInt64
    /// Wei per gas that was paid.
    var price: Wei
    var fate: Fate

    /// What became of it at its gas limit.
    enum Fate: Sendable, Hashable {
        case complete
        /// Status 1, and the last inner call had no gas.
        case starved
        /// Status 0: all gas paid, nothing done.
        case failed
    }
}

/// The oracles and spots as one strategy would have left them: recorded facts plus its own pokes.
struct PokeWorld: Sendable {
    private(set) var oracles: [String: OracleFacts] = [:]
    private(set) var spots: [String: UInt256] = [:]
    var pending: PendingPoke?

    init(_ facts: PokeFacts) {
        for oracle in facts.oracles { oracles[oracle.name] = oracle }
        for ilk in facts.ilks { spots[ilk.name] = ilk.spot }
    }

    /// The recorded facts with this world's oracles and spots in their place.
    func overlay(_ recorded: PokeFacts) -> PokeFacts {
        var facts = recorded
        for index in facts.oracles.indices {
            guard let own = oracles[facts.oracles[index].name] else { continue }
            facts.oracles[index].current = own.current
            facts.oracles[index].next = own.next
            facts.oracles[index].zzz = own.zzz
        }
        for index in facts.ilks.indices { facts.ilks[index].spot = spots[facts.ilks[index].name] ?? facts.ilks[index].spot }
        return facts
    }

    /// Carries out a plan at a time: what is due and valid advances, then the plan's spots follow, the last one not if it starved.
    mutating func poke(_ plan: PokePlan, on recorded: PokeFacts, at time: UInt64, isStarved: Bool) {
        let facts = overlay(recorded)
        let whole = plan.method == .megaPoker
        for oracle in facts.oracles where whole || plan.oracles.contains(oracle.name) {
            guard oracle.isDue(at: time), let value = oracle.sourceReading.value else { continue }
            oracles[oracle.name] = oracle.poked(at: time, source: value)
        }
        let written = facts.effects(at: time).spots.filter { whole || plan.ilks.contains($0.ilk) }
        for spot in isStarved ? written.dropLast() : written[...] {
            if let value = spot.value { spots[spot.ilk] = value }
        }
    }

    /// Another party's recorded poke: it has an effect here only if the oracle is still due in this world.
    /// - Parameter reached: collateral types that the evidence shows as poked; `nil` without evidence, then all are.
    mutating func apply(_ poke: RecordedPoke, ilks: [IlkFacts], par: UInt256, reached: Set<String>?) {
        guard var oracle = oracles[poke.oracle], oracle.isDue(at: poke.slot) else { return }
        oracle.current = oracle.next
        oracle.next = poke.next
        oracle.zzz = poke.slot
        oracles[poke.oracle] = oracle
        for ilk in ilks where ilk.oracle == poke.oracle && reached?.contains(ilk.name) ?? true {
            spots[ilk.name] = IlkFacts.spot(for: oracle.current, par: par, mat: ilk.mat) ?? spots[ilk.name]
        }
    }

    /// Governance changed an oracle (void, start): its recorded state counts in every world.
    mutating func adopt(_ recorded: OracleFacts) { oracles[recorded.name] = recorded }

    /// Takes in collateral types that were not read before.
    mutating func adoptNewSpots(_ ilks: [IlkFacts]) {
        for ilk in ilks where spots[ilk.name] == nil { spots[ilk.name] = ilk.spot }
    }
}
