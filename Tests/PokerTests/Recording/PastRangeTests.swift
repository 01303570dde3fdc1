import EthPrimitives
import EthRPC
import Foundation
import KeeperTesting
import Synchronization
import TestSupport
import Testing

@testable import KeeperApp
@testable import KeeperCore
@testable import Poker

/// `record --from-block --to-block`, but for the command line.
@Suite("Recording a past range")
struct PastRangeTests {
    private static let hours: (from: CassettePlace, to: CassettePlace) = (
        .time(PastWorld.hour + 3000), .time(PastWorld.hour + 3600 + 1800)
    )

    @Test("cut off at any byte and begun again, it ends up as if nothing had happened", arguments: ["a.ndjson.gz", "a.ndjson"])
    func resumed(_ name: String) async throws {
        var random = SeededRandom(0x5EED)
        let past = try await PastWorld()
        let path = try PastWorld.file(name)
        let outcome = try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        #expect(outcome.before == 0 && outcome.exchanges > 100)
        let whole = try PastWorld.bytes(path)
        let index = name.hasSuffix(".gz") ? try PastWorld.bytes(CassetteIndex.path(of: path)) : nil
        #expect(try CassetteAudit(path: path).findings == [])
        for round in 0..<8 {
            let place = round == 0 ? 0 : round == 1 ? whole.count - 1 : Int.random(in: 1..<whole.count, using: &random)
            try PastWorld.write(Array(whole[..<place]), path)
            try await past.record(path, from: Self.hours.from, to: Self.hours.to)
            #expect(try PastWorld.bytes(path) == whole, "cut at byte \(place) of \(whole.count)")
            if let index { #expect(try PastWorld.bytes(CassetteIndex.path(of: path)) == index) }
        }
        // Once it is whole, nothing is asked and nothing is changed.
        let again = try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        #expect(again.before == again.exchanges && again.exchanges == outcome.exchanges)
        #expect(try PastWorld.bytes(path) == whole)
    }

    @Test("the heads are those at which the running keeper looks")
    func heads() async throws {
        let past = try await PastWorld()
        let path = try PastWorld.file("heads.ndjson.gz")
        try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        let recorded = try Cassette(path: path).heads
        let live = try await Self.live(from: recorded[0].timestamp, to: PastWorld.hour + 3600 + 1800)
        #expect(recorded.count > 60 && live.count > 60)
        #expect(recorded.map(\.number) == live.map(\.number))
        // Around the hour each block, between them one a minute.
        let gaps = zip(recorded, recorded.dropFirst()).map { $1.timestamp - $0.timestamp }
        #expect(gaps.contains(12) && gaps.contains(60) && (gaps.max() ?? 0) <= 84)
        print("recorded heads: \(recorded.count), those of the running keeper: \(live.count)")
    }

    /// The heads of the loop of `run` in the same world, as time passes.
    private static func live(from start: UInt64, to end: UInt64) async throws -> [BlockHeader] {
        let past = try await PastWorld()
        // Shortly after the first head is there.
        past.world.state.withLock { $0.now = (start + 3) * 1000 }
        let pool = NodePool(
            [PoolNode("archive", past.world.transport())], chainID: 1, settings: past.wiring.common.nodes.settings,
            clock: RPCClock(SimulatedClock(past.world)), random: { 0 })
        let provider = Provider(pool)
        let head = try await past.wiring.firstHead(pool)
        let keeper = try await past.wiring.keeper(sender: nil, at: head, through: provider)
        let heads = Mutex<[BlockHeader]>([])
        let world = past.world
        try await KeeperLoop(
            runner: KeeperRunner(
                keeper, nodes: pool, executor: DryRunExecutor(), journal: Journal(), logger: past.wiring.logger),
            newestHead: { try await pool.newestHead(everybody: $0) }, provider: provider, executor: DryRunExecutor(),
            common: past.wiring.common, logger: past.wiring.logger,
            time: LoopTime(
                now: { world.state.withLock { $0.now } },
                sleep: { milliseconds in
                    let now = world.state.withLock { state in
                        state.now += milliseconds
                        return state.now
                    }
                    if now >= (end + 3) * 1000 { throw CancellationError() }
                }),
            report: { tick in heads.withLock { $0.append(tick.head) } }
        ).run()
        return heads.withLock { $0 }.filter { $0.timestamp <= end }
    }

    @Test("what others did between the heads is there too")
    func evidence() async throws {
        let past = try await PastWorld()
        let path = try PastWorld.file("evidence.ndjson")
        try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        let cassette = try Cassette(path: path)
        let pokes = cassette.evidencedBlocks
        // The pokes of 15:20 and 16:20, of which the first is before the range.
        #expect(pokes.count == 1)
        #expect(pokes.first.map { block in !cassette.heads.contains { $0.hash == block.hash } } == true)
        #expect(pokes.first.flatMap { cassette.evidence(of: $0.hash)?.receipts.count } == 1)
    }

    @Test("paces: slots alone, an interval between, every block")
    func paces() async throws {
        let past = try await PastWorld()
        var counts: [String: Int] = [:]
        for pace in [RecordingPace.keeper, .slot, .interval(300), .block] {
            let path = try PastWorld.file("\(pace).ndjson.gz")
            try await past.record(path, from: Self.hours.from, to: Self.hours.to, pace: pace)
            let cassette = try Cassette(path: path)
            counts[pace.description] = cassette.heads.count
            #expect(cassette.opening?.range?.every == pace.description)
            let near = cassette.heads.filter { ($0.timestamp + 120) % 3600 < 420 && $0.timestamp > PastWorld.hour + 3400 }
            #expect(near.count >= 33, "\(pace): \(near.count)")
        }
        let blocks = counts["block"] ?? 0
        let (keeper, slot, interval) = (counts["keeper"] ?? 0, counts["slot"] ?? 0, counts["300s"] ?? 0)
        #expect(blocks > 195 && blocks <= 200 && slot < interval && interval < keeper && keeper < blocks, "\(counts)")
        print("heads by pace: \(counts.sorted { $0.value < $1.value })")
    }

    @Test("a file of another range, pace, chain, keeper or configuration is refused, and stays as it is")
    func refused() async throws {
        let past = try await PastWorld()
        let path = try PastWorld.file("mine.ndjson")
        try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        let whole = try PastWorld.bytes(path)
        try PastWorld.write(Array(whole[..<(whole.count * 3 / 4)]), path)
        let cut = try PastWorld.bytes(path)
        func refusal(_ past: PastWorld, _ to: CassettePlace = Self.hours.to, _ pace: RecordingPace = .keeper) async throws
            -> String
        {
            let error = await #expect(throws: RecordingRefusal.self) {
                try await past.record(path, from: Self.hours.from, to: to, pace: pace)
            }
            #expect(error?.exitCode == .badData)
            #expect(try PastWorld.bytes(path) == cut)
            return error?.description ?? ""
        }
        #expect(try await refusal(past, .time(PastWorld.hour + 9000)).contains("is another recording"))
        #expect(try await refusal(past, Self.hours.to, .block).contains("every block"))
        let fewer = try await PastWorld { $0.replacing("    - WSTETH-B\n", with: "") }
        #expect(try await refusal(fewer).contains("recorded with another configuration: at block"))
        let more = try await PastWorld { $0.replacing("    - WSTETH-B\n", with: "    - WSTETH-B\n    - ETH-D\n") }
        #expect(try await refusal(more).contains("recorded with another configuration: at block"))
        let names = try await PastWorld {
            $0.replacing("PIP_WBTC, PIP_ETH, PIP_WSTETH, PIP_SKY]", with: "PIP_WBTC, PIP_ETH, PIP_SKY]").replacing(
                "    - WSTETH-A\n    - WSTETH-B\n", with: "")
        }
        #expect(try await refusal(names).contains("recorded with another configuration"))
        // The same one goes on.
        try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        #expect(try PastWorld.bytes(path) == whole)
    }

    @Test("a range that is not over, is empty or upside down is refused by name")
    func ranges() async throws {
        let past = try await PastWorld()
        let path = try PastWorld.file("none.ndjson.gz")
        for (from, to, text): (CassettePlace, CassettePlace, String) in [
            (.block(24_337_700), .block(99_999_999), "--to-block: the newest final block is"),
            (.block(99_999_999), .block(99_999_999), "--from-block: the newest final block is"),
            (.time(PastWorld.hour), .time(4_000_000_000), "only what cannot change is recorded"),
            (.time(4_000_000_000), .time(4_000_000_000), "--from-block: the newest final block is"),
            (.block(24_337_700), .block(24_337_699), "expected a block at or after block 24337700"),
            (.time(PastWorld.hour + 100), .time(PastWorld.hour), "expected a place at or after"),
        ] {
            let error = await #expect(throws: RecordingRefusal.self) { try await past.record(path, from: from, to: to) }
            #expect(error?.exitCode == .usage && error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a node that keeps no old state ends it at once, and another goes on")
    func pruned() async throws {
        let past = try await PastWorld()
        let reference = try PastWorld.file("whole.ndjson.gz")
        let path = try PastWorld.file("pruned.ndjson.gz")
        try await past.record(reference, from: Self.hours.from, to: Self.hours.to)
        let world = past.world
        let asked = Mutex(0)
        let pool = NodePool(
            [
                PoolNode(
                    "full",
                    ScriptedTransport { request in
                        if request.method == "eth_getStorageAt",
                            asked.withLock({
                                $0 += 1; return $0
                            }) > 500
                        {
                            throw ScriptedTransport.error(-32000, "missing trie node abcdef (path ) state 0x12 is not available")
                        }
                        return try world.answer(request)
                    })
            ], chainID: 1, settings: past.wiring.common.nodes.settings, clock: RPCClock(SimulatedClock(world)), random: { 0 })
        _ = try await past.wiring.firstHead(pool)
        let error = await #expect(throws: RPCError.self) {
            try await RangeRecording(
                wiring: past.wiring, pool: pool, path: path, places: Self.hours, pace: .keeper, runner: { try await $0.run() }
            ).run()
        }
        #expect(error?.nodeError?.kind == .stateUnavailable)
        let written = try CassetteSummary(path: path)
        #expect(!written.isFinished && written.heads > 10)
        let outcome = try await past.record(path, from: Self.hours.from, to: Self.hours.to)
        #expect(outcome.before > 10)
        #expect(try PastWorld.bytes(path) == PastWorld.bytes(reference))
    }

    @Test("parts of it replay like the whole, with names from the ChainLog")
    func replays() async throws {
        let past = try await PastWorld()
        let path = try PastWorld.file("replay.ndjson.gz")
        try await past.record(path, from: Self.hours.from, to: .time(PastWorld.hour + 3 * 3600))
        let config = try PastWorld.configuration().path
        let whole = try ProgramRun.poker(["backtest", "--config", config, "--cassette", path, "--json"])
        #expect(whole.status == 0, "\(whole.errors)")
        let part = ["--from", "@\(PastWorld.hour + 7000)", "--to", "@\(PastWorld.hour + 8000)"]
        let some = try ProgramRun.poker(["backtest", "--config", config, "--cassette", path, "--json"] + part)
        #expect(some.status == 0 && some.output != whole.output, "\(some.errors)")
        let trimmed = try PastWorld.file("trimmed.ndjson.gz")
        _ = try CassetteExcerpt(
            of: path, CassetteRange(from: .time(PastWorld.hour + 7000), to: .time(PastWorld.hour + 8000)), to: trimmed)
        let cut = try ProgramRun.poker(["backtest", "--config", config, "--cassette", trimmed, "--json"])
        #expect(cut.status == 0 && cut.output == some.output, "\(cut.errors)")
    }
}
