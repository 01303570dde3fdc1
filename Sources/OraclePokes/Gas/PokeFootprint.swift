/// How much of the chain a poke touches: what an access list of it announces (EIP-2930), beside what is warm anyway.
///
/// An effective `OSM.poke` touches the oracle's slots `stopped`, the packed one, `cur` and `nxt`, and the source's `bud` and value.
/// `Spotter.poke` touches `par` and `vat`, and of each collateral type `pip` and `mat`; in the Vat `wards`, `live` and a spot; in each
/// oracle `bud`, and `cur` where the transaction did not poke it. Counted for sources of class Median.
public struct PokeFootprint: Sendable, Hashable {
    /// Accounts other than the one that is called.
    public var accounts = 0
    /// Slots of those accounts.
    public var slots = 0
    /// How many of `slots` are written before they are read: the spots in the Vat.
    public var firstWrites = 0
    /// Slots of the account that is called. It is warm: announcing them costs its address.
    public var ownSlots = 0

    public init() {}

    /// Addresses and slots of the list that names everything, as `eth_createAccessList` does.
    public var whole: (addresses: Int, slots: Int) { (accounts + (ownSlots > 0 ? 1 : 0), slots + ownSlots) }

    /// What a plan touches in a branch.
    public init(of plan: PokePlan, _ effects: PokeEffects) {
        let isWhole = plan.method == .megaPoker
        let oracles = effects.oracles.filter { isWhole || plan.oracles.contains($0.name) }
        let spots = effects.spots.filter { isWhole || plan.ilks.contains($0.ilk) }
        let isOracleCalled = plan.method == .single && !oracles.isEmpty
        for oracle in oracles {
            let (own, source) = Self.slots(of: oracle.branch)
            if isOracleCalled { ownSlots += own } else { (accounts, slots) = (accounts + 1, slots + own) }
            if source > 0 { (accounts, slots) = (accounts + 1, slots + source) }
        }
        guard !spots.isEmpty, !isOracleCalled else { return }
        addSpots(spots, poked: oracles, isSpotterCalled: plan.method == .single)
    }

    /// Slots of the oracle and of its source.
    private static func slots(of branch: PokeEffects.OracleBranch) -> (own: Int, source: Int) {
        switch branch {
        case .stopped: (1, 0)
        case .tooEarly: (2, 0)
        case .sourceReverts: (2, 1)
        case .sourceInvalid: (2, 2)
        case .effective: (4, 2)
        }
    }

    private mutating func addSpots(
        _ spots: [PokeEffects.Spot], poked: [PokeEffects.Oracle], isSpotterCalled: Bool
    ) {
        // A feed without valid price spares `par` and `mat`.
        let valid = spots.count { !$0.isVoid }
        let spotter = spots.count + valid + (valid > 0 ? 2 : 1)
        if isSpotterCalled { ownSlots += spotter } else { (accounts, slots) = (accounts + 1, slots + spotter) }
        accounts += 1
        slots += 2 + spots.count
        firstWrites += spots.count
        var seen: Set<String> = []
        for spot in spots where seen.insert(spot.oracle ?? spot.ilk).inserted {
            let branch = poked.first { $0.name == spot.oracle }
            if branch == nil { accounts += 1 }
            slots += branch?.isEffective == true ? 1 : 2
        }
    }
}
