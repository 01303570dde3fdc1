import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// The bundled recording, as a file that can be damaged.
@Suite struct CassetteFileTests {
    static let bundled = Project.fixtures.appending(path: "poker-72h.cassette.ndjson.gz")
    static let config = Project.fixtures.appending(path: "poker-72h.yaml")

    /// The first exchanges of the recording as a recording of their own, with the closing line that belongs to them, then damaged.
    private static func file(_ change: (inout [[UInt8]]) -> Void) throws -> String {
        let whole = try Gzip.decompress([UInt8](Data(contentsOf: bundled))).split(separator: 0x0A)
        // A head's exchanges stay together: the part ends before the first line of the next head.
        let isHead: (ArraySlice<UInt8>) -> Bool = { String(decoding: $0, as: UTF8.self).contains("eth_getBlockByHash") }
        let end = try #require(whole[150...].firstIndex(where: isHead))
        var lines = whole[..<end].map(Array.init)
        let digest = Keccak256.hash(lines.flatMap { $0 + [0x0A] })
        lines.append(Array("{\"end\":\(end - 1),\"digest\":\"\(digest)\"}".utf8))
        change(&lines)
        let file = try Project.temporaryFolder().appending(path: "changed.ndjson")
        try Data(lines.joined(separator: [0x0A])).write(to: file)
        return file.path
    }

    @Test("The part that these tests damage is good as it is")
    func control() throws {
        let run = try Self.backtest(try Self.file { _ in })
        #expect(run.status == 0, "\(run.errors)")
    }

    private static func backtest(_ path: String) throws -> ProgramRun {
        try ProgramRun.poker(["backtest", "--config", config.path, "--cassette", path, "--json"])
    }

    @Test(
        "It is at most 6 MB and covers 72 slots, poked by others, with an invalid source, a stop, a reorganisation, a starved poke"
    )
    func contents() throws {
        let size = try #require(try FileManager.default.attributesOfItem(atPath: Self.bundled.path)[.size] as? Int)
        #expect(size <= 6_000_000)
        let run = try Self.backtest(Self.bundled.path)
        #expect(run.status == 0, "\(run.errors)")
        let slots = try #require(try JSONScanner.parse(Array(run.output.utf8))["slots"]?.array)
        #expect(slots.count == 72)
        #expect(slots.first?["start"] == 1_663_027_200 && slots.last?["start"] == 1_663_282_800)
        #expect(slots.allSatisfy { $0["pokedBy"] == "other" })
        #expect(slots.contains { $0["invalid"] != [] } && slots.contains { $0["stopped"] != [] })
        #expect(slots.contains { $0["reorgDepth"]?.uint64 ?? 0 > 0 } && slots.contains { $0["starved"] != [] })
        #expect(slots.contains { $0["decision"] == "wait" } && slots.contains { $0["decision"] == "poke" })
    }

    @Test("A line cut out stops the backtest and says so")
    func missingLine() throws {
        let run = try Self.backtest(try Self.file { $0.remove(at: 100) })
        #expect(run.status == 65 && run.message.contains("closing line counts"), "\(run.message)")
        #expect(run.output.isEmpty)
    }

    @Test("A recording cut off in the middle stops the backtest and says so")
    func cutOff() throws {
        let run = try Self.backtest(try Self.file { $0.removeLast(50) })
        #expect(run.status == 65 && run.message.contains("no closing line"), "\(run.message)")
    }

    @Test("A changed answer stops the backtest")
    func altered() throws {
        let run = try Self.backtest(
            try Self.file { lines in
                // In a receipt: a header that was altered is found by its hash.
                let index = lines.firstIndex { String(decoding: $0, as: UTF8.self).contains("cumulativeGasUsed") } ?? 0
                let text = String(decoding: lines[index], as: UTF8.self)
                lines[index] = Array(text.replacingOccurrences(of: "\"gasUsed\":\"0x", with: "\"gasUsed\":\"0x1").utf8)
            })
        #expect(run.status == 65 && run.message.contains("altered"), "\(run.message)")
        #expect(run.output.isEmpty)
    }
}
