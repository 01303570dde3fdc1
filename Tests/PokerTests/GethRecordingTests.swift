import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// The poker over a recording of a real geth with the real contracts. The plan beside it says what was done in each hour:
///
/// | kind | what the backtest must say |
/// |---|---|
/// | normal, late, quiet, early, osm-first | poked by another, nothing invalid, stopped, starved |
/// | invalid | the plan's `invalid` sources are the slot's `invalid` |
/// | stopped | the plan's `stopped` oracle is in the slot's `stopped` |
/// | reorg | `reorgDepth` ≥ 1 |
/// | starved | an ilk in `starved`: the other party's receipt has status 1 and lacks its log |
@Suite(.enabled(if: Project.exists(Project.vector("geth")), "skipped: the recording is in ../shared, which is absent"))
struct GethRecordingTests {
    static let recording = Project.vector("geth/geth-poker-hours-a.jsonl.gz")
    static let plan = Project.vector("geth/geth-poker-hours-a.plan.json")
    static let config = Project.fixtures.appending(path: "geth-poker.yaml")

    /// The plan's short names in those of the configuration.
    private static func name(_ short: String) -> String { "PIP_" + short.uppercased() }

    private static func backtest(_ more: [String] = []) throws -> ProgramRun {
        try ProgramRun.poker(["backtest", "--config", config.path, "--cassette", recording.path, "--json"] + more)
    }

    @Test("Slots agree with the plan hour by hour")
    func slotsAgree() throws {
        let run = try Self.backtest()
        #expect(run.status == 0, "\(run.errors)")
        let slots = try #require(try JSONScanner.parse(Array(run.output.utf8))["slots"]?.array)
        let hours = try #require(try JSONScanner.parse([UInt8](Data(contentsOf: Self.plan)))["hours"]?.array)
        #expect(slots.count == hours.count)
        for (slot, hour) in zip(slots, hours) {
            let kind = try #require(hour["kind"]?.string)
            let context: Comment = "hour \(hour["hour_start"] ?? .null), \(kind)"
            #expect(slot["start"] == hour["hour_start"], context)
            #expect(slot["pokedBy"] == "other", context)
            let invalid = (hour["invalid"]?.array ?? []).compactMap(\.string).map(Self.name)
            #expect(slot["invalid"] == .array(invalid.map { .string($0) }), context)
            let stopped = hour["stopped"]?.string.map { [JSON.string(Self.name($0))] } ?? []
            #expect(slot["stopped"] == .array(stopped), context)
            #expect((slot["reorgDepth"]?.uint64 ?? 0 >= 1) == (kind == "reorg"), context)
            #expect(slot["starved"] == (kind == "starved" ? ["LSEV2-SKY-A"] : []), context)
        }
    }

    /// ground-truth.md §1a and §3: exact gas of each branch and what it needs beyond.
    @Test("Every gas limit reaches all effects and lies at most 15 % above the smallest that does")
    func limitsAreTight() throws {
        let slots = try #require(try JSONScanner.parse(Array(try Self.backtest().output.utf8))["slots"]?.array)
        var checked = 0
        for slot in slots {
            guard let limit = slot["gasLimit"]?.uint64, let expected = slot["gasExpected"]?.uint64 else { continue }
            let smallest = expected + 272
            #expect(
                limit >= smallest && limit * 100 <= smallest * 115,
                "slot \(slot["start"] ?? .null): limit \(limit), smallest \(smallest)")
            let invalid = slot["invalid"]?.array?.count ?? 0
            let stopped = slot["stopped"]?.array?.count ?? 0
            let due = UInt64((slot["due"]?.array?.count ?? 0) - invalid)
            let least = 234_339 + due * 20_607 + UInt64(invalid) * 12_119 - UInt64(stopped) * 2_571
            #expect(
                expected >= least - 4 && expected <= least + due * 5_600 + 9 * 2_800 + 4,
                "slot \(slot["start"] ?? .null): expected \(expected)")
            checked += 1
        }
        #expect(checked >= 8)
    }

    @Test("The same bytes on every run")
    func isDeterministic() throws {
        let first = try Self.backtest()
        let second = try Self.backtest()
        #expect(first.output == second.output && !first.output.isEmpty)
    }

    @Test(
        "A pair cut out of a batch stops the backtest with exit 81, naming method, parameters and block",
        arguments: [1, 12, 45, 63])
    func missIsNamed(index: Int) throws {
        let folder = try Project.temporaryFolder()
        let cut = folder.appending(path: "cut.jsonl")
        let (bytes, method, block) = try Self.recordingWithout(pair: index)
        try Data(bytes).write(to: cut)
        let run = try ProgramRun.poker(["backtest", "--config", Self.config.path, "--cassette", cut.path])
        #expect(run.status == 81, "\(run.errors)")
        #expect(run.errors.contains(method) && run.errors.contains("block \(block)") && run.errors.contains("parameters ["))
        #expect(run.output.isEmpty)
    }

    /// The recording with one request and its response removed from the batch of the head on an hour.
    private static func recordingWithout(pair index: Int) throws -> (bytes: [UInt8], method: String, block: UInt64) {
        var lines = try Gzip.decompress([UInt8](Data(contentsOf: recording))).split(separator: 0x0A).map(Array.init)
        for position in lines.indices {
            var line = try JSONScanner.parse(lines[position])
            guard var requests = line["request"]?.array, var responses = line["response"]?.array,
                let time = line["time"]?.uint64, time == 1_763_218_800, let block = line["block"]?.uint64
            else { continue }
            let method = requests[index]["method"]?.string ?? ""
            requests.remove(at: index)
            responses.remove(at: index)
            line = .object(
                (line.members ?? []).map { member in
                    switch member.name {
                    case "request": JSON.Member("request", .array(requests))
                    case "response": JSON.Member("response", .array(responses))
                    default: member
                    }
                })
            lines[position] = JSONWriter.bytes(of: line)
            return (Array(lines.joined(separator: [0x0A])), method, block)
        }
        throw CassetteError(.malformedLine, "the recording has no batch at that time")
    }
}
