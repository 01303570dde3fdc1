import EthCodec
import EthPrimitives
import Foundation
import GRDB
import KeeperCore
import TestSupport
import Testing

@testable import KeeperStore

/// Decision logs that are not what was written.
@Suite("Damaged journals")
struct JournalDamageTests {
    static let count = 40

    /// The number that an error names, and the one after it where only the two together are certain.
    private static func named(_ error: StoreError) -> [Int] {
        error.description.split(whereSeparator: { !$0.isNumber && !$0.isLetter && $0 != "-" && $0 != "/" })
            .adjacent().compactMap { $0 == "line" ? Int($1) : nil }
    }

    @Test(
        "every byte of a store's line or digest that is altered is found, and the line is named",
        arguments: 0..<2 as Range<UInt64>)
    func flippedRow(_ part: UInt64) throws {
        let sample = try JournalSample(Self.count)
        let original = try sample.folder.bytes()
        var random = SeededRandom(part)
        for _ in 0..<100 {
            let line = Int.random(in: 1...Self.count, using: &random)
            let column = Int.random(in: 0..<8, using: &random) == 0 ? "digest" : "line"
            let mask = UInt8.random(in: 1...255, using: &random)
            try sample.folder.write(original, "flipped.sqlite")
            try sample.alter("flipped.sqlite") { db in
                let sql = "SELECT CAST(\(column) AS BLOB) FROM journal WHERE sequence = ?"
                var bytes = try #require(try Data.fetchOne(db, sql: sql, arguments: [line]))
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= mask
                let value = column == "digest" ? "?" : "CAST(? AS TEXT)"
                try db.execute(sql: "UPDATE journal SET \(column) = \(value) WHERE sequence = ?", arguments: [bytes, line])
            }
            let (lines, end) = try JournalSample.read(sample.folder.file("flipped.sqlite"))
            let error = #expect(throws: StoreError.self) { try end.get() }
            #expect(error?.code == .damaged && lines.count == line - 1)
            #expect(error.map(Self.named) == [line], "line \(line), \(column): \(error as Any)")
        }
    }

    @Test(
        "a newest line whose number leaves none for the next is found when the store is opened",
        arguments: [Int64.max, 0, -1, .min])
    func numbers(_ number: Int64) throws {
        let sample = try JournalSample(1)
        try sample.folder.write(try sample.folder.bytes(), "numbered.sqlite")
        try sample.alter("numbered.sqlite") { db in
            try db.execute(sql: "UPDATE journal SET sequence = ? WHERE sequence = 1", arguments: [number])
        }
        let error = #expect(throws: StoreError.self) { _ = try SQLiteStore(path: sample.folder.file("numbered.sqlite")) }
        #expect(error?.code == .damaged && error?.description.contains("line \(number) of the journal") == true)
    }

    @Test("every byte of a store's file that is altered in a line is found, and the line is named")
    func flippedPage() throws {
        let sample = try JournalSample(Self.count)
        let original = try sample.folder.bytes()
        var chain = JournalChain()
        let places = try (0..<Self.count).map { number in
            try #require(original.firstRange(of: chain.link(JournalSample.record(number))))
        }
        var random = SeededRandom(5)
        for _ in 0..<200 {
            let line = Int.random(in: 0..<Self.count, using: &random)
            var bytes = original
            bytes[Int.random(in: places[line], using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            try sample.folder.write(bytes, "flipped.sqlite")
            let (lines, end) = try JournalSample.read(sample.folder.file("flipped.sqlite"))
            let error = #expect(throws: StoreError.self) { try end.get() }
            #expect(error?.code == .damaged && lines.count == line)
            #expect(error.map(Self.named) == [line + 1], "line \(line + 1): \(error as Any)")
        }
    }

    @Test("wherever a byte of a store's file is altered, the lines are right or an error says so")
    func flippedAnywhere() throws {
        let sample = try JournalSample(Self.count)
        let original = try sample.folder.bytes()
        let (whole, _) = try JournalSample.read(sample.store)
        var random = SeededRandom(6)
        var found = 0
        for _ in 0..<200 {
            var bytes = original
            var at = Int.random(in: 0..<bytes.count, using: &random)
            while bytes[at] == 0 { at = Int.random(in: 0..<bytes.count, using: &random) }
            bytes[at] ^= UInt8.random(in: 1...255, using: &random)
            try sample.folder.write(bytes, "flipped.sqlite")
            let (lines, end) = try JournalSample.read(sample.folder.file("flipped.sqlite"))
            #expect(whole.starts(with: lines), "byte \(at)")
            if case .failure = end { found += 1 } else { #expect(lines == whole, "byte \(at)") }
        }
        #expect(found > 100, "\(found)")
    }

    @Test("a store's line that was left out, swapped or made anew is found")
    func rewritten() throws {
        let sample = try JournalSample(9)
        let original = try sample.folder.bytes()
        func error(_ sql: String, _ arguments: StatementArguments = []) throws -> String? {
            try sample.folder.write(original, "altered.sqlite")
            try sample.alter("altered.sqlite") { try $0.execute(sql: sql, arguments: arguments) }
            guard case .failure(let error) = try JournalSample.read(sample.folder.file("altered.sqlite")).end else { return nil }
            return error.code == .damaged ? error.description : nil
        }
        #expect(try error("DELETE FROM journal WHERE sequence = 4")?.contains("line 4 ") == true)
        #expect(try error("DELETE FROM journal WHERE sequence = 1")?.contains("line 1 ") == true)
        #expect(try error("UPDATE journal SET sequence = 77 WHERE sequence = 5")?.contains("line 5 ") == true)
        // With a digest that fits, only the next line tells.
        let line = JSONWriter.bytes(of: .object(["kind": "decision", "prev": .string("0x00")]))
        let made: StatementArguments = [String(decoding: line, as: UTF8.self), Data(Keccak256.hash(line).bytes)]
        #expect(
            try error("UPDATE journal SET line = ?, digest = ? WHERE sequence = 3", made)?.contains(
                "line 2 of the journal, or the link to it in line 3,") == true)
        // What is cut off at the end is found only by who knows the digest.
        #expect(try error("DELETE FROM journal WHERE sequence > 6") == nil)
        let cut = try JournalSample.read(sample.folder.file("altered.sqlite")).end.get()
        #expect(try cut.lines == 6 && cut.digest != JournalSample.read(sample.store).end.get().digest)
    }

    @Test(
        "every byte of a file that is altered is found by the line, the line after it, or the digest",
        arguments: 0..<4 as Range<UInt64>)
    func flippedLine(_ part: UInt64) throws {
        let sample = try JournalSample(Self.count)
        let original = try sample.folder.bytes("decisions.ndjson")
        let whole = try JournalSample.read(sample.file).end.get()
        let breaks = original.indices.filter { original[$0] == 0x0A }
        var random = SeededRandom(part)
        var byDigest = 0
        for round in 0..<100 {
            var bytes = original
            // Some of them in the last line, of which no other speaks.
            let at = Int.random(in: (round % 10 == 0 ? breaks[Self.count - 2] + 1 : 0)..<bytes.count, using: &random)
            bytes[at] ^= round % 3 == 0 ? 1 << UInt8.random(in: 0..<8, using: &random) : UInt8.random(in: 1...255, using: &random)
            // A line ends with its break.
            let line = breaks.count { $0 < at } + 1
            try sample.folder.write(bytes, "flipped.ndjson")
            let (lines, end) = try JournalSample.read(sample.folder.file("flipped.ndjson"))
            switch end {
            case .failure(let error):
                let named = at < 2 ? [1] : Self.named(error)
                #expect(error.code == .damaged && named.contains(line) && named.count <= 2, "byte \(at), line \(line): \(error)")
                #expect(lines.count >= line - 1 && lines.count <= line)
            case .success(let end):
                #expect(line == Self.count && end.digest != whole.digest, "byte \(at)")
                byDigest += 1
            }
        }
        #expect(byDigest > 0)
    }

    @Test("a file that was cut off anywhere is a shorter one, and what is left of a line is told")
    func cut() throws {
        let sample = try JournalSample(6)
        let original = try sample.folder.bytes("decisions.ndjson")
        let (whole, _) = try JournalSample.read(sample.file)
        for length in original.indices {
            try sample.folder.write(Array(original.prefix(length)), "cut.ndjson")
            let (lines, end) = try JournalSample.read(sample.folder.file("cut.ndjson"))
            let count = original.prefix(length).count { $0 == 0x0A }
            let kept = original.prefix(length).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            #expect(whole.starts(with: lines))
            let digest = lines.last.map { Keccak256.hash($0.bytes) } ?? B256()
            #expect(try end.get() == JournalEnd(lines: UInt64(count), digest: digest, unfinishedBytes: length - kept))
        }
    }

    @Test("lines that were left out, swapped, doubled or added are found")
    func arranged() throws {
        let sample = try JournalSample(5)
        let lines = try JournalSample.read(sample.file).lines.map { $0.bytes + [0x0A] }
        for (order, finding) in [
            ([0, 1, 3, 4], "line 2 of the journal, or the link to it in line 3,"), ([1, 2, 3, 4], "lines before it are missing"),
            ([0, 2, 1, 3, 4], "line 1 of the journal, or"), ([0, 0, 1], "line 1 of the journal, or the link to it in line 2,"),
        ] {
            try sample.folder.write(order.flatMap { lines[$0] }, "other.ndjson")
            let error = #expect(throws: StoreError.self) {
                try JournalSample.read(sample.folder.file("other.ndjson")).end.get()
            }
            #expect(error?.code == .damaged && error?.description.contains(finding) == true, "\(error as Any)")
        }
        for end in ["\n", "x", "\0", "{}\n", "{\"kind\":\"x\"}\n", "{\"kind\":\"x\",\"prev\":5}\n"] {
            try sample.folder.write(lines.flatMap { $0 } + Array(end.utf8), "other.ndjson")
            let error = #expect(throws: StoreError.self, "\(end)") {
                try JournalSample.read(sample.folder.file("other.ndjson")).end.get()
            }
            #expect(error?.description.contains("line 6 of the journal is not what was written") == true, "\(error as Any)")
        }
    }
}

extension Collection {
    /// Each element with the one after it.
    fileprivate func adjacent() -> [(Element, Element)] { Array(zip(self, dropFirst())) }
}
