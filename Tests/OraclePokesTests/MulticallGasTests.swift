import EthPrimitives
import Testing

@testable import OraclePokes

@Suite("Gas of aggregate3 against measured receipts")
struct MulticallGasTests {
    private let model = PokeGasModel()

    struct Row: Sendable, CustomTestStringConvertible {
        var oracles: [String]
        var ilks: [String]
        var used: Gas
        /// Poked in a transaction before: their state is the new one, only the spots are stale.
        var isAfter = false
        var testDescription: String { "\(oracles.count) oracles, \(ilks.count) spots\(isAfter ? ", afterwards" : "")" }
    }

    private static let names = GasWorld.ilks.map { $0.0 }
    private static func ilks(of oracle: String) -> [String] { GasWorld.ilks.filter { $0.1 == oracle }.map { $0.0 } }

    static let rows: [Row] =
        zip(0...9, [175_123, 211_767, 233_387, 255_056, 278_701, 300_369, 322_026, 345_708, 367_377, 391_119] as [Gas]).map {
            Row(oracles: GasWorld.oracles, ilks: Array(names.prefix($0)), used: $1)
        } + [
            Row(oracles: [], ilks: names, used: 256_153, isAfter: true),
            Row(oracles: ["btc"], ilks: ilks(of: "btc"), used: 140_374),
            Row(oracles: ["eth"], ilks: ilks(of: "eth"), used: 140_338),
            Row(oracles: ["wsteth"], ilks: ilks(of: "wsteth"), used: 118_742),
            Row(oracles: ["sky"], ilks: ilks(of: "sky"), used: 97_110),
        ]

    @Test("every measured choice within 60 gas", arguments: rows)
    func used(_ row: Row) {
        let world =
            row.isAfter
            ? GasWorld.oracles.reduce(GasWorld()) { $0.with($1, .tooEarly, spots: .changed) } : GasWorld.due(GasWorld.oracles)
        let gas = model.multicall(world.effects, oracles: Set(row.oracles), ilks: Set(row.ilks))
        #expect(max(gas.used, row.used) - min(gas.used, row.used) <= 60, "the model says \(gas.used), the receipt \(row.used)")
        #expect(gas.needed == gas.used)
    }

    @Test("oracles that are too early cost what was measured")
    func tooEarly() {
        let used = model.multicall(GasWorld().effects, oracles: Set(GasWorld.oracles), ilks: []).used
        #expect(max(used, 63_611) - min(used, 63_611) <= 60, "the model says \(used)")
    }
}
