import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Parts, counts and comparisons of recordings")
struct CassettePartsTests {
    private let run = RecordedRun(0..<400)

    @Test("a part is a recording of its own, with its lines as they were", arguments: ["p.ndjson", "p.ndjson.gz"])
    func trim(_ name: String) throws {
        let path = try run.write(name)
        let output = RecordedExchange.temporaryPath("out-" + name)
        defer { RecordedRun.remove(path, output) }
        for (range, expected): (CassetteRange, ClosedRange<UInt64>) in [
            (CassetteRange(from: .block(100), to: .block(120)), 100...120),
            (CassetteRange(from: .time(1_700_000_000 + 12 * 390)), 390...399),
            (CassetteRange(to: .time(1_700_000_000 + 11)), 0...0),
            (CassetteRange(from: .block(5), to: .block(9_999_999)), 5...399),
        ] {
            RecordedRun.remove(output)
            let excerpt = try CassetteExcerpt(of: path, range, to: output)
            #expect(excerpt.blocks == expected && excerpt.loose == 1 && excerpt.isSourceFinished)
            #expect(try CassetteAudit(path: output).findings == [])
            let cassette = try Cassette(path: output)
            #expect(cassette.heads.map(\.number) == Array(expected))
            #expect(cassette.chainID == 1337 && cassette.opening?.keeper == "test" && cassette.setupHead?.number == 0)
            #expect(cassette.exchangeCount == excerpt.exchanges + excerpt.loose)
            let whole = try RecordedRun.text(path).split(separator: 0x0A)
            let lines = try RecordedRun.text(output).split(separator: 0x0A).dropFirst().dropLast()
            #expect(lines.allSatisfy(Set(whole).contains))
        }
        let trimmed = try Cassette(path: output).opening?.range
        #expect(trimmed == RecordedRange(first: 5, last: 99, every: "block"))
    }

    @Test("a part that holds nothing is refused, says what there is, and leaves no file")
    func empty() throws {
        let path = try run.write("e.ndjson.gz")
        let output = RecordedExchange.temporaryPath("out.ndjson.gz")
        defer { RecordedRun.remove(path, output) }
        let error = #expect(throws: CassetteError.self) {
            try CassetteExcerpt(of: path, CassetteRange(from: .block(1_000)), to: output)
        }
        #expect(error?.description.contains("block 1000 to the end") == true)
        #expect(error?.description.contains("blocks 0 to 399") == true)
        #expect(!FileManager.default.fileExists(atPath: output))
        #expect(!FileManager.default.fileExists(atPath: CassetteIndex.path(of: output)))
        // What exists is not replaced.
        try RecordedRun.write([1], output)
        #expect(throws: CassetteError.self) { try CassetteExcerpt(of: path, CassetteRange(from: .block(1)), to: output) }
        #expect(try RecordedRun.bytes(output) == [1])
    }

    @Test(
        "numbers of a line that are none are told with line, name and value, whoever reads",
        arguments: [
            (#""block":-1"#, "\"block\"", "-1"), (#""block":"0x10""#, "\"block\"", "0x10"), (#""time":1.5"#, "\"time\"", "1.5"),
            (#""time":18446744073709551616"#, "\"time\"", "18446744073709551616"),
        ])
    func wrongNumbers(_ member: String, _ name: String, _ value: String) throws {
        let exchange = #""request":{"id":1,"method":"eth_chainId"},"response":{"jsonrpc":"2.0","id":1,"result":"0x539"}"#
        let line = Array("{\(member),\(exchange)}".utf8)
        let errors = [
            #expect(throws: CassetteError.self) { try CassetteLabel(parsing: line, position: 7) },
            #expect(throws: CassetteError.self) { try CassetteLine(parsing: line[...], position: 7) },
        ]
        for error in errors {
            #expect(error?.code == .malformedLine, "\(String(describing: error))")
            let text = error?.description ?? ""
            #expect(text.contains("line 7") && text.contains(name) && text.contains(value), "\(text)")
        }
        let opening = #"{"cassette":1,"chainId":-1}"#
        #expect(throws: CassetteError.self) { try Cassette(ndjson: Array((opening + "\n").utf8)) }
        #expect(try CassetteLine(parsing: Array("{\"block\":null,\(exchange)}".utf8)[...], position: 1).block == nil)
    }

    @Test("while a part is written its place is free, and what is left of an interrupted one is no recording")
    func interrupted() throws {
        let output = RecordedExchange.temporaryPath("out-i.ndjson.gz")
        defer { RecordedRun.remove(output) }
        let copy = CassetteCopy(output)
        try copy.begin(CassetteOpening(chainID: 1337))
        #expect(!FileManager.default.fileExists(atPath: output))
        // Somebody else was faster: nothing is replaced.
        try RecordedRun.write([1], output)
        #expect(throws: CassetteError.self) { try copy.finish() }
        copy.abandon()
        #expect(try RecordedRun.bytes(output) == [1])
        let folder = URL(filePath: output).deletingLastPathComponent()
        let name = URL(filePath: output).lastPathComponent
        let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(name) && $0 != name }
        #expect(beside.isEmpty, "\(beside)")
    }

    @Test("an unfinished recording gives a finished part")
    func salvage() throws {
        let path = try run.write("s.ndjson.gz", finishes: false)
        let output = RecordedExchange.temporaryPath("out.ndjson")
        defer { RecordedRun.remove(path, output) }
        let bytes = try RecordedRun.bytes(path)
        try RecordedRun.write(Array(bytes.dropLast(10)), path)
        let excerpt = try CassetteExcerpt(of: path, CassetteRange(from: .block(3), to: .block(20)), to: output)
        #expect(!excerpt.isSourceFinished)
        #expect(try Cassette(path: output).heads.map(\.number) == Array(3...20))
    }

    @Test("damage is refused where a part is cut out: a copy would look good", arguments: ["d.ndjson", "d.ndjson.gz"])
    func damage(_ name: String) throws {
        let path = try run.write(name)
        let output = RecordedExchange.temporaryPath("out-" + name)
        defer { RecordedRun.remove(path, output) }
        let good = try RecordedRun.bytes(path)
        var flipped = good
        flipped[good.count / 2] ^= 1
        var damaged = [flipped]
        if name.hasSuffix(".ndjson") {
            var lines = good.split(separator: 0x0A)
            lines.remove(at: 200)
            damaged.append(lines.flatMap { $0 + [0x0A] })
        }
        for bytes in damaged {
            RecordedRun.remove(path)
            try RecordedRun.write(bytes, path)
            let error = #expect(throws: CassetteError.self) {
                try CassetteExcerpt(of: path, CassetteRange(from: .block(1), to: .block(20)), to: output)
            }
            #expect([.altered, .missingLines, .malformedLine].contains(error?.code), "\(String(describing: error))")
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test("a part that is cut by time does not say which blocks it covers; one cut by blocks does")
    func narrowed() throws {
        let path = try run.write("t.ndjson")
        let output = RecordedExchange.temporaryPath("out.ndjson")
        defer { RecordedRun.remove(path, output) }
        _ = try CassetteExcerpt(of: path, CassetteRange(from: .time(1_700_000_000 + 12 * 9), to: .block(20)), to: output)
        #expect(try Cassette(path: output).opening?.range == nil)
        RecordedRun.remove(output)
        _ = try CassetteExcerpt(of: path, CassetteRange(from: .block(9), to: .block(20)), to: output)
        #expect(try Cassette(path: output).opening?.range == RecordedRange(first: 9, last: 20, every: "block"))
    }

    @Test("nothing at all is not good", arguments: ["n.ndjson", "n.ndjson.gz"])
    func nothing(_ name: String) throws {
        let path = RecordedExchange.temporaryPath(name)
        defer { RecordedRun.remove(path) }
        try RecordedRun.write([], path)
        #expect(try CassetteAudit(path: path).findings.map(\.text) == ["there is no line in it"])
    }

    @Test("what is in a recording is counted")
    func summary() throws {
        for (name, finishes) in [("n.ndjson", true), ("n.ndjson.gz", true), ("n.ndjson.gz", false)] {
            let path = try run.write(name, finishes: finishes)
            defer { RecordedRun.remove(path) }
            let summary = try CassetteSummary(path: path)
            #expect(summary.heads == 400 && summary.first?.number == 0 && summary.last?.number == 399)
            #expect(summary.methods == ["eth_getBlockByHash": 400, "eth_getBalance": 401, "eth_getTransactionReceipt": 399])
            #expect(summary.notes == ["setup": 1, "evidence": 399] && summary.errors == 0 && summary.reorganisations == 0)
            #expect(summary.isFinished == finishes && summary.remarks.isEmpty == finishes)
            #expect(summary.members == (name.hasSuffix(".gz") ? finishes ? 5 : 4 : 0))
            #expect(try UInt64(RecordedRun.bytes(path).count) == summary.bytes)
            #expect(try UInt64(RecordedRun.text(path).count) == summary.unpacked)
            #expect(summary.opening == run.opening)
        }
    }

    @Test("a torn end is a remark, other damage an error that names the file")
    func damagedSummary() throws {
        let path = try run.write("d.ndjson.gz")
        defer { RecordedRun.remove(path) }
        let bytes = try RecordedRun.bytes(path)
        try RecordedRun.write(Array(bytes.dropLast(200)), path)
        #expect(try CassetteSummary(path: path).remarks.contains { $0.contains("not a complete gzip file") })
        try RecordedRun.write(Array("{\"request\":".utf8), path)
        let error = #expect(throws: CassetteError.self) { try CassetteSummary(path: path) }
        #expect(error?.description.contains(path) == true && error?.description.contains("line 1") == true)
    }

    @Test("two recordings of the same say the same, however they are written")
    func same() throws {
        let one = try run.write("1.ndjson")
        let other = try run.write("2.ndjson.gz")
        defer { RecordedRun.remove(one, other) }
        let comparison = try CassetteComparison(one, other, limit: 10)
        #expect(comparison.count == 0 && comparison.commonHeads == 400 && comparison.commonAnswers == 400 + 401 + 399)
        // Ids, the order of members and the batches make no difference.
        let text = String(decoding: try RecordedRun.text(one), as: UTF8.self)
        try RecordedRun.write(
            Array(text.replacing("\"jsonrpc\":\"2.0\",\"id\":2,", with: "\"id\":9,\"jsonrpc\":\"2.0\",").utf8), one)
        #expect(try CassetteComparison(one, other, limit: 10).count == 0)
    }

    @Test("what differs is told with its block, request and both answers")
    func differences() throws {
        let one = try run.write("1.ndjson")
        let other = try RecordedRun(2..<401).write("2.ndjson")
        defer { RecordedRun.remove(one, other) }
        var text = String(decoding: try RecordedRun.text(other), as: UTF8.self)
        text.replace("\"id\":2,\"result\":\"0x7\"", with: "\"id\":2,\"result\":\"0x8\"")
        text.replace(RecordedExchange.head(9).hash.description, with: RecordedExchange.head(1_000_009).hash.description)
        try RecordedRun.write(Array(text.utf8), other)
        let comparison = try CassetteComparison(one, other, limit: 100)
        let kinds = comparison.differences.map(\.kind)
        #expect(kinds == [.head, .head, .answer, .block, .head, .request, .request], "\(comparison.differences)")
        #expect(comparison.differences[0].block == 0 && comparison.differences[0].second == nil)
        #expect(comparison.differences[2].block == 7 && comparison.differences[2].first == "\"0x7\"")
        #expect(
            comparison.differences[2].second == "\"0x8\"" && comparison.differences[2].request?.contains("eth_getBalance") == true
        )
        #expect(comparison.differences[3].block == 9 && comparison.differences[4].block == 400)
        #expect(comparison.count == 7 && comparison.commonHeads == 397)
        #expect(try CassetteComparison(one, other, limit: 2).differences.count == 2)
    }
}
