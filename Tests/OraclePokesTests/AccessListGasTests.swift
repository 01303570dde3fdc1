import EthPrimitives
import Testing

@testable import OraclePokes

@Suite("Gas of single calls and of access lists against measured receipts")
struct AccessListGasTests {
    private let model = PokeGasModel()

    private static func oracle(_ branch: PokeEffects.OracleBranch) -> PokeEffects.Oracle { .init(name: "eth", branch: branch) }

    static let oracles: [(PokeEffects.OracleBranch, Gas)] = [
        (.effective(current: .changed, next: .changed), 54_385), (.effective(current: .changed, next: .unchanged), 51_585),
        (.effective(current: .unchanged, next: .changed), 51_585), (.effective(current: .unchanged, next: .unchanged), 48_785),
        (.sourceInvalid, 38_297), (.sourceReverts, 31_547), (.stopped, 23_512), (.tooEarly, 26_083),
    ]

    @Test("OSM.poke alone, exactly, and its limit is its gas", arguments: oracles)
    func oracle(branch: PokeEffects.OracleBranch, used: Gas) {
        #expect(model.single(Self.oracle(branch)) == PokeGas(used: used, needed: used))
    }

    struct Spot: Sendable {
        var ilk: String
        var change: PokeEffects.StoreChange
        var isVoid = false
        var used: Gas
    }

    static let spots = [
        Spot(ilk: "ETH-A", change: .changed, used: 57_283), Spot(ilk: "WBTC-C", change: .changed, used: 57_295),
        Spot(ilk: "WSTETH-B", change: .changed, used: 57_319), Spot(ilk: "LSEV2-SKY-A", change: .changed, used: 57_355),
        Spot(ilk: "ETH-A", change: .unchanged, used: 54_483), Spot(ilk: "WBTC-A", change: .unchanged, used: 54_495),
        Spot(ilk: "LSEV2-SKY-A", change: .unchanged, used: 54_555),
        Spot(ilk: "WSTETH-A", change: .unchanged, isVoid: true, used: 49_697),
    ]

    @Test("Spotter.poke alone, exactly", arguments: spots)
    func spot(_ row: Spot) {
        let spot = PokeEffects.Spot(
            ilk: row.ilk, oracle: "eth", isDead: false, isVoid: row.isVoid, change: row.change, value: nil)
        #expect(model.single(spot) == PokeGas(used: row.used, needed: row.used))
    }

    struct List: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var plan: PokePlan
        var effects: PokeEffects
        var addresses: Int
        var slots: Int
        /// Measured without a list and with a node's.
        var plain: Gas
        var used: Gas
        /// With ours, which leaves out the account that is called.
        var own: Gas
    }

    private static func plan(_ method: PokeMethod, _ oracles: [String], _ ilks: [String]) -> PokePlan {
        PokePlan(method: method, oracles: oracles, ilks: ilks, gas: PokeGas(used: 0, needed: 0))
    }

    private static let due = GasWorld.due(GasWorld.oracles).effects
    private static let afterwards = GasWorld.oracles.reduce(GasWorld()) { $0.with($1, .tooEarly, spots: .changed) }.effects

    static let lists = [
        List(
            testDescription: "MegaPoker, all due", plan: plan(.megaPoker, GasWorld.oracles, GasWorld.ilks.map(\.0)), effects: due,
            addresses: 10, slots: 59, plain: 364_368, used: 356_568, own: 356_568),
        List(
            testDescription: "MegaPoker, nothing due", plan: plan(.megaPoker, [], GasWorld.ilks.map(\.0)),
            effects: GasWorld().effects, addresses: 6, slots: 47, plain: 234_339, used: 228_139, own: 228_139),
        List(
            testDescription: "aggregate3, four oracles", plan: plan(.multicall, GasWorld.oracles, []), effects: due, addresses: 8,
            slots: 24, plain: 175_123, used: 171_923, own: 171_923),
        List(
            testDescription: "OSM alone", plan: plan(.single, ["eth"], []), effects: due, addresses: 2, slots: 6, plain: 54_385,
            used: 56_085,
            own: 54_085),
        List(
            testDescription: "spot alone", plan: plan(.single, [], ["ETH-A"]), effects: afterwards, addresses: 3, slots: 9,
            plain: 57_283, used: 58_483, own: 56_483),
    ]

    @Test("every measured list, exactly: its addresses, its slots and the gas with it", arguments: lists)
    func list(_ row: List) {
        let footprint = PokeFootprint(of: row.plan, row.effects)
        #expect(footprint.whole == (row.addresses, row.slots))
        #expect(model.wholeList(row.plain, footprint) == row.used)
        #expect(row.plain - model.listSaving(footprint) == row.own)
        // The calls themselves are modelled within 1 gas.
        var listed = row.plan
        listed.isListed = true
        let used = model.gas(of: listed, row.effects).used
        #expect(max(row.own, used) - min(row.own, used) <= 1, "the model says \(used)")
    }

    @Test("a list made before the hour, when nothing was due, saves what it names and no more")
    func early() {
        // Six of ten addresses and 47 of 59 slots, of which cur of each oracle is read after it was written: 358,168.
        let before = PokeFootprint(of: Self.lists[1].plan, GasWorld().effects)
        #expect(364_368 - model.listSaving(before) == 358_168)
    }

    private func planner(_ choice: PlanChoice, isExact: Bool = true, hasMulticall: Bool = true) -> PokePlanner {
        PokePlanner(
            choice: choice, skipsDeadIlks: true, skipsUnchangedSpots: true, hasMulticall: hasMulticall, isExact: isExact,
            gas: model)
    }

    @Test("every alternative is there with and without a list, best first; a single call only where it is all there is to do")
    func alternatives() {
        let all = planner(.cheapest).plans(for: Self.due)
        #expect(
            all.map(\.title).sorted() == [
                "MegaPoker", "MegaPoker with access list", "multicall 4 OSMs + 9 ilks",
                "multicall 4 OSMs + 9 ilks with access list",
            ])
        #expect(all.first?.title == "MegaPoker with access list" && all.map(\.gas.used) == all.map(\.gas.used).sorted())
        let one = GasWorld().with("eth", .effective(current: .unchanged, next: .changed), spots: .unchanged).effects
        #expect(
            planner(.cheapest).plans(for: one).first.map { ($0.title, $0.gas.used) } ?? ("", 0) == (
                "OSM eth with access list", 51_285
            ))
        #expect(planner(.cheapest).plans(for: one).count == 6)
        #expect(
            planner(.cheapest, hasMulticall: false).plans(for: one).map(\.method) == [.single, .single, .megaPoker, .megaPoker])
        #expect(planner(.multicall).plans(for: one).allSatisfy { $0.method == .multicall })
        #expect(planner(.megaPoker).plans(for: one).allSatisfy { $0.method == .megaPoker })
    }

    @Test("without execution there are neither lists nor single calls")
    func plain() {
        let one = GasWorld().with("eth", .effective(current: .unchanged, next: .changed), spots: .unchanged).effects
        #expect(planner(.cheapest, isExact: false).plans(for: one).map(\.title) == ["multicall 1 OSM + 0 ilks", "MegaPoker"])
    }

    @Test(
        "oracles whose source did not change are left out on demand, except by the MegaPoker, which stays away where one is held")
    func unchanged() {
        var planner = planner(.cheapest, isExact: false)
        planner.skipsUnchangedSources = true
        let effects = GasWorld.all(.unchanged, .unchanged, .unchanged)
            .with("eth", .effective(current: .unchanged, next: .changed), spots: .unchanged).effects
        #expect(planner.plans(for: effects).map(\.oracles) == [["eth"], GasWorld.oracles])
        #expect(planner.plans(for: effects, allowsWhole: false).map(\.method) == [.multicall])
        let idle = GasWorld.all(.unchanged, .unchanged, .unchanged).effects
        #expect(planner.plans(for: idle, allowsWhole: false).isEmpty)
    }
}
