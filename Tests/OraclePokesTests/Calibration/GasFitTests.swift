import EthPrimitives
import Testing

@testable import OraclePokes

@Suite("Fitting the gas model")
struct GasFitTests {
    /// What a poke in a world uses by a model.
    private static func poke(
        _ world: GasWorld, _ model: PokeGasModel, method: PokeMethod = .megaPoker, oracles: [String] = [], ilks: [String] = [],
        more: Int = 0
    ) -> MeasuredPoke {
        let plan = PokePlan(method: method, oracles: oracles, ilks: ilks, gas: PokeGas(used: 0, needed: 0))
        var poke = MeasuredPoke(
            recording: "r", block: 1, transaction: B256(), plan: plan, effects: world.effects, gasUsed: 0)
        poke.gasUsed = Gas(Int(poke.predicted(by: model)) + more)
        return poke
    }

    /// Every branch of the MegaPoker.
    private static let worlds: [GasWorld] =
        [
            GasWorld(), .due(["btc"]), .due(["eth", "sky"]), .due(GasWorld.oracles), .all(.changed, .unchanged, .unchanged),
            .all(.unchanged, .unchanged, .unchanged), .all(.unchanged, .zeroToValue, .unchanged),
            .due(["eth"]).with("btc", .sourceInvalid, spots: .unchanged),
            .due(["eth"]).with("sky", .sourceReverts, spots: .unchanged),
            .due(["eth"]).with("sky", .stopped, spots: .unchanged),
            .due(["eth"]).with("wsteth", .stopped, spots: .unchanged, isVoid: true),
            .due(["eth"]).with("wsteth", .stopped, spots: .valueToZero, isVoid: true),
        ]

    private static func changed(_ changes: [PokeGasParameter: Gas]) -> PokeGasModel {
        var model = PokeGasModel()
        for (parameter, gas) in changes { model[parameter] = gas }
        return model
    }

    @Test("each parameter of the MegaPoker that receipts determine is found back exactly")
    func foundBack() {
        let truth = Self.changed([
            .megaPokerBase: 21_064, .due: 19_876, .sourceInvalid: 12_500, .sourceReverts: 1, .stoppedDiscount: 2_000,
            .change: 5_000,
            .zeroToValue: 22_100, .clearRefund: 15_000, .voidDiscount: 0,
        ])
        let pokes = Self.worlds.map { Self.poke($0, truth) }
        let fit = GasFit(pokes, from: PokeGasModel())
        #expect(fit.model == truth)
        #expect(GasCheck(pokes, fit.model).exact == pokes.count)
        #expect(fit.undetermined == [.tooEarly, .spot, .firstOfOracle, .firstSpot] && fit.refused.isEmpty)
        #expect(fit.values.first { $0.parameter == .megaPokerBase }?.along == fit.undetermined)
        #expect(fit.values.first { $0.parameter == .due }?.along == [])
        #expect(fit.values.first { $0.parameter == .sourceReverts }?.decisive?.receipts == 1)
        #expect(fit.values.first { $0.parameter == .due }?.decisive == nil)
    }

    @Test("calls of Multicall3 and single calls find their own parameters back")
    func otherMethods() {
        let truth = Self.changed([
            .multicallBase: 23_000, .multicallDue: 30_001, .multicallSpot: 18_000, .multicallFirstSpot: 12_000,
            .multicallFirstOfOracle: 1_999, .multicallColdOracle: 4_400, .multicallLetter: 16, .singleTooEarly: 26_000,
            .singleSpot: 54_000,
        ])
        let due = GasWorld.due(GasWorld.oracles)
        func call(_ oracles: [String], _ ilks: [String]) -> MeasuredPoke {
            Self.poke(due, truth, method: .multicall, oracles: oracles, ilks: ilks)
        }
        let pokes = [
            call(["eth"], []), call(["eth", "btc"], []), call(["eth"], ["ETH-A"]), call(["eth"], ["ETH-A", "ETH-B"]),
            call([], ["ETH-A"]),
            call(["btc"], ["WBTC-A"]), call(["eth", "btc"], ["ETH-A", "WBTC-A"]),
            Self.poke(.all(.unchanged, .unchanged, .unchanged), truth, method: .multicall, oracles: ["eth"], ilks: ["ETH-A"]),
            Self.poke(due, truth, method: .single, oracles: ["sky"]), Self.poke(due, truth, method: .single, ilks: ["ETH-C"]),
        ]
        let fit = GasFit(pokes, from: PokeGasModel())
        #expect(fit.model == truth)
        #expect(fit.unseen.contains(.megaPokerBase) && fit.unseen.contains(.tail) && !fit.unseen.contains(.multicallSpot))
    }

    @Test("one receipt determines a single sum: the first parameter takes the difference")
    func oneReceipt() {
        let poke = Self.poke(.due(["eth"]), PokeGasModel(), more: 123)
        let fit = GasFit([poke], from: PokeGasModel())
        #expect(fit.values.map(\.parameter) == [.megaPokerBase] && fit.values.first?.fitted == 21_388)
        #expect(fit.values.first?.along.contains(.due) == true && fit.values.first?.decisive?.receipts == 1)
        #expect(poke.difference(from: fit.model) == 0)
    }

    @Test("no receipt changes nothing")
    func noReceipt() {
        let fit = GasFit([], from: PokeGasModel())
        #expect(fit.values.isEmpty && fit.undetermined.isEmpty && fit.refused.isEmpty && fit.model == PokeGasModel())
        #expect(fit.unseen == PokeGasParameter.allCases)
    }

    @Test(
        "between receipts that differ lies the mean, rounded to whole gas",
        arguments: [([0, 3], 2), ([0, 0, 4], 1), ([0, 1], 1)])
    func mean(more: [Int], base: Int) {
        let pokes = more.map { Self.poke(GasWorld(), PokeGasModel(), more: $0) }
        #expect(GasFit(pokes, from: PokeGasModel()).model.megaPokerBase == 21_265 + Gas(base))
        #expect(GasCheck(pokes, PokeGasModel()).branches.first?.difference == more.max())
    }

    @Test("a parameter that would be negative stays, and the others are fitted without it")
    func negative() {
        let least = PokeGasModel().megaPoker(GasWorld().effects).used
        let fit = GasFit([Self.poke(GasWorld(), PokeGasModel(), more: -Int(least))], from: PokeGasModel())
        #expect(fit.refused.contains(.megaPokerBase) && fit.model.megaPokerBase == 21_265)
        #expect(fit.model.isUsable)
    }

    @Test("a discount of more than there is stays as it was")
    func discount() {
        let pokes = [
            Self.poke(GasWorld(), PokeGasModel()),
            Self.poke(GasWorld().with("sky", .stopped, spots: .unchanged), PokeGasModel(), more: -9_000),
        ]
        let fit = GasFit(pokes, from: PokeGasModel())
        #expect(fit.refused == [.stoppedDiscount] && fit.model.stoppedDiscount == 2_571 && fit.model.isUsable)
    }

    @Test("every parameter has a meaning, and a place of its own in the model")
    func parameters() {
        for parameter in PokeGasParameter.allCases {
            var model = PokeGasModel()
            model[parameter] += 1
            #expect(PokeGasParameter.allCases.filter { model[$0] != PokeGasModel()[$0] } == [parameter])
        }
        #expect(PokeGasParameter.allCases.count == Mirror(reflecting: PokeGasModel()).children.count)
    }

    @Test("counts times parameters is the model's gas", arguments: worlds.indices)
    func terms(_ index: Int) {
        let poke = Self.poke(Self.worlds[index], PokeGasModel())
        let terms = GasTerms(of: poke)
        #expect(terms.constant == 0)
        let other = Self.changed([.due: 1, .clearRefund: 2, .spot: 30_000])
        let sum = zip(terms.counts, PokeGasParameter.allCases).map { $0 * Int(other[$1]) }.reduce(0, +)
        #expect(sum == Int(poke.predicted(by: other)))
    }
}
