import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import Foundation
import OraclePokes
import Testing

@testable import PokeStudy

@Suite("Scenario files")
struct ScenarioFileTests {
    /// The lines of a scenario, the closing one left out.
    private static func lines() throws -> [String] {
        let bytes = try Gzip.decompress(Array(Data(contentsOf: Worlds.file)))
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropLast().map(String.init)
    }

    /// A file of lines, with the closing line that belongs to it.
    private static func file(_ lines: [String]) -> [UInt8] {
        let body = Array(lines.map { $0 + "\n" }.joined().utf8)
        let digest = Hex.encodeUnprefixed(body.withUnsafeBytes(SHA256.hash).bytes)
        return body + Array("{\"lines\":\(lines.count),\"sha256\":\"\(digest)\"}\n".utf8)
    }

    private static func error(_ bytes: [UInt8]) -> String {
        do throws(ScenarioError) {
            _ = try PokeScenario(bytes)
            return "no error"
        } catch { return error.description }
    }

    @Test("What is in the file is in the scenario")
    func whole() throws {
        let scenario = try Worlds.threeDays.get()
        #expect(scenario.slots.count == 72 && scenario.blockCount == 504)
        #expect(scenario.oracles.map(\.name) == ["PIP_BTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"] && scenario.ilks.count == 9)
        let facts = try StudyWorld(scenario).facts
        #expect(facts.ilks.filter(\.isDead).map(\.name) == ["WBTC-A", "WBTC-B", "WBTC-C"])
        #expect(facts.oracles.allSatisfy { $0.sourceReading.value != nil && $0.isDue(at: scenario.period.lowerBound) })
    }

    @Test(
        "A field that is wrong is named with its line",
        arguments: [
            ("\"slotLength\":3600", "\"slotLength\":0", "line 1 of the scenario: slotLength"),
            ("\"fork\":\"prague\"", "\"fork\":\"berlin\"", "line 1 of the scenario: fork"),
            ("\"blockTime\":12", "\"blockTime\":-1", "line 1 of the scenario: blockTime"),
            ("keeperkit-pokes/1", "keeperkit-pokes/9", "line 1 of the scenario: scenario"),
            ("\"oracle\":\"PIP_SKY\"", "\"oracle\":\"PIP_SKI\"", "line 1 of the scenario: ilks"),
            ("\"megaPoker\":\"0x", "\"megaPoker\":\"0xzz", "line 1 of the scenario: megaPoker"),
        ])
    func opening(old: String, new: String, message: String) throws {
        var lines = try Self.lines()
        let changed = lines[0].replacingOccurrences(of: old, with: new)
        try #require(changed != lines[0])
        lines[0] = changed
        #expect(Self.error(Self.file(lines)).hasPrefix(message), "\(Self.error(Self.file(lines)))")
    }

    @Test("A missing, altered or additional line is seen by the closing line")
    func closing() throws {
        let lines = try Self.lines()
        let good = Self.file(lines)
        #expect(Self.error(good) == "no error")
        var altered = good
        altered[good.count / 2] ^= 1
        #expect(Self.error(altered).contains("sha256"))
        #expect(Self.error(Array(good.dropLast(100))).contains("line"))
    }

    @Test("Steps go forward in time, and blocks in number")
    func order() throws {
        var lines = try Self.lines()
        let blocks = lines.indices.filter { lines[$0].hasPrefix("{\"baseFee\"") }
        lines.swapAt(blocks[0], blocks[5])
        #expect(Self.error(Self.file(lines)).contains("time"))
        #expect(Self.error(Self.file(Array(try Self.lines()[..<blocks[0]]))).contains("blocks"))
    }

    @Test(
        "No line of garbage stops the process",
        arguments: ["", "{", "[]", "null", "{\"time\":1}", "{\"time\":99999999999999999999}"])
    func garbage(line: String) throws {
        var lines = try Self.lines()
        lines.append(line)
        #expect(Self.error(Self.file(lines)) != "no error")
    }

    @Test("A file that is not there, or no scenario, is named")
    func unreadable() {
        #expect(throws: ScenarioError.self) { _ = try PokeScenario(path: "/nowhere/at.all") }
        #expect(Self.error([]).contains("no lines"))
        #expect(Self.error(Array("hello\nworld\n".utf8)).contains("line 1"))
    }
}
