import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Recordings that are checked")
struct CassetteAuditTests {
    private let run = RecordedRun(0..<100)

    private func edited(_ name: String, _ change: (inout [String]) -> Void, closes: Bool = true) throws -> String {
        let path = try run.write(name)
        var lines = String(decoding: try RecordedRun.text(path), as: UTF8.self).split(separator: "\n").map(String.init)
        lines.removeLast()
        change(&lines)
        let body = lines.map { $0 + "\n" }.joined()
        let exchanges = lines.count { !$0.hasPrefix("{\"cassette\"") }
        let closing = "{\"end\":\(exchanges),\"digest\":\"\(Keccak256.hash(Array(body.utf8)))\"}\n"
        RecordedRun.remove(path)
        try RecordedRun.write(Array((body + (closes ? closing : "")).utf8), path)
        return path
    }

    @Test("a whole one is good, plain and compressed", arguments: ["g.ndjson", "g.ndjson.gz"])
    func good(_ name: String) throws {
        let path = try run.write(name)
        defer { RecordedRun.remove(path) }
        let audit = try CassetteAudit(path: path)
        #expect(audit.findings == [] && audit.isGood)
        #expect(audit.heads == 100)
        #expect(try Cassette(path: path).exchangeCount == audit.exchanges)
        #expect(audit.digest == .ok && audit.index == (name.hasSuffix(".gz") ? .ok : .none))
        #expect(audit.hashesComputed == 0 && audit.hashesNotComputable == 100)
    }

    @Test("a flipped bit anywhere is found, unless it changes nothing that is read", arguments: ["f.ndjson", "f.ndjson.gz"])
    func flips(_ name: String) throws {
        var random = SeededRandom(0xF11B)
        let path = try RecordedRun(0..<60).write(name)
        defer { RecordedRun.remove(path) }
        let whole = try RecordedRun.bytes(path)
        let text = try RecordedRun.text(path)
        let isCompressed = name.hasSuffix(".gz")
        var (named, silent) = (0, 0)
        let places = Array(0..<30) + (0..<200).map { _ in Int.random(in: 0..<whole.count, using: &random) }
        for place in places {
            var bytes = whole
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try RecordedRun.write(bytes, path)
            let audit = try CassetteAudit(path: path)
            if audit.isGood {
                // Gzip's time stamp, and the like: the lines are the same.
                #expect(isCompressed, "byte \(place)")
                #expect(try RecordedRun.text(path) == text, "byte \(place)")
                silent += 1
            } else {
                let finding = try #require(audit.findings.first)
                #expect(
                    finding.line != nil || finding.text.contains("hash to") || finding.text.contains("closing line"), "\(finding)"
                )
                named += 1
            }
        }
        #expect(named > 190)
        print("flipped bits, \(name): \(named) named, \(silent) that change nothing")
    }

    @Test("a cut anywhere is found", arguments: ["c.ndjson", "c.ndjson.gz"])
    func cuts(_ name: String) throws {
        var random = SeededRandom(0xC07)
        let path = try RecordedRun(0..<60).write(name)
        defer { RecordedRun.remove(path) }
        let whole = try RecordedRun.bytes(path)
        for _ in 0..<100 {
            // Without its last line feed a plain recording is whole all the same.
            try RecordedRun.write(Array(whole[..<Int.random(in: 1..<(whole.count - 1), using: &random)]), path)
            #expect(try CassetteAudit(path: path).isGood == false)
        }
    }

    @Test("the first line that is wrong is named")
    func lines() throws {
        for (expected, change): (String, (inout [String]) -> Void) in [
            ("line 5:", { $0[4] = "{\"request\":" }),
            ("line 5:", { $0[4] = "{\"request\":{\"id\":1,\"method\":\"x\"}}" }),
            ("line 5:", { $0[4] = $0[4].replacing("\"jsonrpc\":\"2.0\",\"id\":1,\"result\"", with: "\"id\":1,\"result\"") }),
            ("line 9:", { $0[8] = $0[8].replacing("\"block\":", with: "\"block\":1") }),
            ("line 9:", { $0[8] = $0[8].replacing("\"time\":1", with: "\"time\":2") }),
            ("line 3: expected a recording", { $0.insert($0[0], at: 2) }),
            ("line 3: state of block", { $0[2] = $0[2].replacing("\"result\":{\"number\"", with: "\"result\":{\"n\"") }),
        ] {
            let path = try edited("l.ndjson", change)
            defer { RecordedRun.remove(path) }
            let audit = try CassetteAudit(path: path)
            #expect(audit.findings.first?.text.hasPrefix(expected) == true, "\(audit.findings.first?.text ?? "nothing")")
        }
    }

    @Test("a header's hash is computed from its fields")
    func headers() throws {
        let file = "geth/geth-poker-hours-a.jsonl.gz"
        try #require(SharedVectors.arePresent)
        let text = String(decoding: try SharedVectors.data(file), as: UTF8.self)
        let path = RecordedExchange.temporaryPath("geth.jsonl")
        defer { RecordedRun.remove(path) }
        try RecordedRun.write(Array(text.utf8), path)
        let audit = try CassetteAudit(path: path)
        #expect(audit.findings == [] && audit.isForeign && audit.hashesComputed > 100 && audit.hashesNotComputable == 0)
        print("header hashes of a real recording: \(audit.hashesComputed) computed")
        let range = try #require(text.range(of: "\"stateRoot\":\"0x"))
        let digit = text[range.upperBound]
        try RecordedRun.write(
            Array(text.replacingCharacters(in: range.upperBound...range.upperBound, with: digit == "1" ? "2" : "1").utf8), path)
        let bad = try CassetteAudit(path: path)
        #expect(bad.findings.count == 1 && bad.findings[0].text.contains("its fields hash to"))
    }

    @Test("an index of another recording is named with its first line that differs")
    func index() throws {
        let path = try RecordedRun(0..<300).write("x.ndjson.gz")
        defer { RecordedRun.remove(path) }
        let place = CassetteIndex.path(of: path)
        let good = String(decoding: try RecordedRun.bytes(place), as: UTF8.self)
        for text in [good.replacing("\"lines\":256,\"exchange\":256", with: "\"lines\":257,\"exchange\":256"), "", good + "x"] {
            try RecordedRun.write(Array(text.utf8), place)
            let audit = try CassetteAudit(path: path)
            #expect(audit.index == .differs && audit.findings.count == 1)
            #expect(audit.findings.first?.text.contains(".idx: line") == true, "\(audit.findings)")
        }
        RecordedExchange.remove(place)
        #expect(try CassetteAudit(path: path).index == .absent)
        #expect(try CassetteAudit(path: path).isGood)
    }

    @Test("a file that is not there is an error; any bytes at all are findings")
    func anything() throws {
        #expect(throws: CassetteError.self) { try CassetteAudit(path: "/nonexistent") }
        #expect(throws: CassetteError.self) { try CassetteAudit(path: "/") }
        var random = SeededRandom(0xA11)
        let path = try run.write("any.ndjson.gz")
        defer { RecordedRun.remove(path) }
        let packed = try RecordedRun.bytes(path)
        let text = Array(try RecordedRun.text(path).prefix(8_000))
        for _ in 0..<40 {
            for bytes in [
                random.mutation(of: packed), random.mutation(of: text),
                (0..<99).map { _ in UInt8.random(in: 0...255, using: &random) },
            ] {
                try RecordedRun.write(bytes, path)
                _ = try CassetteAudit(path: path)
                _ = try? CassetteSummary(path: path)  // it may count or refuse
                _ = try? CassetteContinuation(path: path, isRepeatable: true)  // so may it
                _ = try? CassetteIndex.of(path)
                _ = try? CassetteComparison(path, path, limit: 3)
            }
        }
    }
}
