import EthPrimitives

@testable import OraclePokes

/// The four oracles and nine collateral types of the measurements, with the branch of each oracle and whether its spots change.
struct GasWorld: Sendable {
    /// In the order of the MegaPoker.
    static let oracles = ["btc", "eth", "wsteth", "sky"]
    static let ilks = [
        ("ETH-A", "eth"), ("ETH-B", "eth"), ("ETH-C", "eth"), ("WBTC-A", "btc"), ("WBTC-B", "btc"), ("WBTC-C", "btc"),
        ("WSTETH-A", "wsteth"), ("WSTETH-B", "wsteth"), ("LSEV2-SKY-A", "sky"),
    ]

    var branches: [String: PokeEffects.OracleBranch] = [:]
    var spots: [String: PokeEffects.StoreChange] = [:]
    var void: Set<String> = []

    /// Due with everything changed: the oracle's both prices and its spots.
    static func due(_ names: some Sequence<String>) -> Self {
        var world = Self()
        for name in names {
            world.branches[name] = .effective(current: .changed, next: .changed)
            world.spots[name] = .changed
        }
        return world
    }

    /// Every oracle due, its stores and spots changing as said.
    static func all(_ current: PokeEffects.StoreChange, _ next: PokeEffects.StoreChange, _ spot: PokeEffects.StoreChange) -> Self
    {
        var world = Self()
        for name in oracles {
            world.branches[name] = .effective(current: current, next: next)
            world.spots[name] = spot
        }
        return world
    }

    /// The same with one oracle in another branch.
    func with(_ name: String, _ branch: PokeEffects.OracleBranch, spots change: PokeEffects.StoreChange, isVoid: Bool = false)
        -> Self
    {
        var world = self
        world.branches[name] = branch
        world.spots[name] = change
        if isVoid { world.void.insert(name) }
        return world
    }

    var effects: PokeEffects {
        var effects = PokeFacts(oracles: []).effects(at: 0)
        effects.oracles = Self.oracles.map { PokeEffects.Oracle(name: $0, branch: branches[$0] ?? .tooEarly) }
        effects.spots = Self.ilks.map { ilk, oracle in
            PokeEffects.Spot(
                ilk: ilk, oracle: oracle, isDead: false, isVoid: void.contains(oracle), change: spots[oracle] ?? .unchanged,
                value: nil)
        }
        return effects
    }
}
