import EthPrimitives
import Testing

@testable import OraclePokes

/// Gas as measured on a real geth 1.16.7 with the real contracts, exact from receipts; limits by bisection.
@Suite("Gas of the MegaPoker against measured receipts")
struct MegaPokerGasTests {
    private let model = PokeGasModel()

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var world: GasWorld
        var used: Gas

        init(_ title: String, _ world: GasWorld, _ used: Gas) {
            testDescription = title
            self.world = world
            self.used = used
        }
    }

    private static let all = GasWorld.due(GasWorld.oracles)

    static let rows: [Row] = [
        Row("nothing due", GasWorld(), 234_339), Row("btc due", .due(["btc"]), 268_946), Row("eth due", .due(["eth"]), 268_946),
        Row("wsteth due", .due(["wsteth"]), 266_146), Row("sky due", .due(["sky"]), 263_346),
        Row("btc, eth", .due(["btc", "eth"]), 303_554),
        Row("btc, wsteth", .due(["btc", "wsteth"]), 300_754), Row("btc, sky", .due(["btc", "sky"]), 297_954),
        Row("eth, wsteth", .due(["eth", "wsteth"]), 300_754), Row("eth, sky", .due(["eth", "sky"]), 297_954),
        Row("wsteth, sky", .due(["wsteth", "sky"]), 295_154), Row("btc, eth, wsteth", .due(["btc", "eth", "wsteth"]), 335_361),
        Row("btc, eth, sky", .due(["btc", "eth", "sky"]), 332_561),
        Row("btc, wsteth, sky", .due(["btc", "wsteth", "sky"]), 329_761),
        Row("eth, wsteth, sky", .due(["eth", "wsteth", "sky"]), 329_761), Row("all due, all changes", all, 364_368),
        Row(
            "none due, all spots stale",
            GasWorld.oracles.reduce(GasWorld()) { $0.with($1, .tooEarly, spots: .changed) }, 259_539),
        Row(
            "btc poked alone before, its spots stale", .due(["eth", "wsteth", "sky"]).with("btc", .tooEarly, spots: .changed),
            338_161),
        Row("same price, first hour", .all(.changed, .unchanged, .changed), 353_168),
        Row("all equal", .all(.unchanged, .unchanged, .unchanged), 316_768),
        Row("only nxt changes", .all(.unchanged, .changed, .unchanged), 327_968),
        Row("btc has=false", all.with("btc", .sourceInvalid, spots: .unchanged), 341_880),
        Row("btc has=false, others too early", GasWorld().with("btc", .sourceInvalid, spots: .unchanged), 246_458),
        Row("eth's source reverts", all.with("eth", .sourceReverts, spots: .unchanged), 335_225),
        Row("sky stopped", all.with("sky", .stopped, spots: .unchanged), 332_790),
        Row("wsteth void: its spots go to zero", all.with("wsteth", .stopped, spots: .valueToZero, isVoid: true), 320_346),
        Row(
            "first hour after void",
            all.with("wsteth", .effective(current: .unchanged, next: .zeroToValue), spots: .unchanged, isVoid: true), 367_424),
        Row(
            "second hour after void", all.with("wsteth", .effective(current: .zeroToValue, next: .changed), spots: .zeroToValue),
            415_668),
    ]

    @Test("every measured branch within 2 gas", arguments: rows)
    func used(_ row: Row) {
        let used = model.megaPoker(row.world.effects).used
        #expect(max(used, row.used) - min(used, row.used) <= 2, "the model says \(used), the receipt \(row.used)")
    }

    struct Limit: Sendable {
        var world: GasWorld
        var statusOne: Gas
        var needed: Gas
    }

    static let limits = [
        Limit(world: GasWorld(), statusOne: 217_951, needed: 234_599),
        Limit(world: .due(["sky"]), statusOne: 246_158, needed: 263_618),
        Limit(world: .due(["btc"]), statusOne: 252_558, needed: 269_206),
        Limit(world: .due(["btc", "eth"]), statusOne: 287_166, needed: 303_814),
        Limit(world: .due(["wsteth", "sky"]), statusOne: 277_966, needed: 295_426),
        Limit(world: .due(["btc", "eth", "wsteth"]), statusOne: 318_973, needed: 335_621),
        Limit(world: .due(["eth", "wsteth", "sky"]), statusOne: 312_573, needed: 330_033),
        Limit(world: all, statusOne: 347_180, needed: 364_640),
        Limit(world: .all(.unchanged, .unchanged, .unchanged), statusOne: 302_380, needed: 316_996),
        Limit(world: all.with("wsteth", .stopped, spots: .valueToZero, isVoid: true), statusOne: 312_758, needed: 330_218),
    ]

    /// The model's one tail of 272 gas stands for 228 to 272 measured: it may ask for up to 46 more, never for less than 2 too little.
    @Test(
        "the smallest limits: all effects at most 46 gas above the measured one and never 2 below, status one within 46",
        arguments: limits)
    func smallestLimits(_ limit: Limit) {
        let needed = model.megaPoker(limit.world.effects).needed
        let statusOne = model.megaPokerStatusOne(limit.world.effects)
        #expect(needed + 2 >= limit.needed && needed <= limit.needed + 46, "all effects: \(needed), measured \(limit.needed)")
        #expect(
            statusOne + 46 >= limit.statusOne && statusOne <= limit.statusOne + 46,
            "status one: \(statusOne), measured \(limit.statusOne)")
    }

    @Test("geth's estimate is what the measurements show, within a thousandth")
    func estimates() {
        for (used, estimate) in [(234_339, 237_366), (268_946, 272_248), (316_768, 320_449), (364_368, 368_427)] as [(Gas, Gas)] {
            let model = model.nodeEstimate(used)
            #expect(max(model, estimate) - min(model, estimate) <= used / 1000, "\(model), measured \(estimate)")
        }
    }
}
