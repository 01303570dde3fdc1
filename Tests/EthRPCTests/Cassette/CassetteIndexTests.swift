import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("The index of a recording")
struct CassetteIndexTests {
    private func recording(_ heads: Range<UInt64> = 0..<400) throws -> String { try RecordedRun(heads).write("i.ndjson.gz") }

    @Test("what the writer wrote is what the file says, and is read as it was written")
    func agreement() throws {
        let path = try recording()
        defer { RecordedRun.remove(path) }
        let written = try RecordedRun.bytes(CassetteIndex.path(of: path))
        RecordedExchange.remove(CassetteIndex.path(of: path))
        let (derived, origin) = try CassetteIndex.of(path)
        #expect(derived.bytes == written && origin == .derived)
        #expect(CassetteIndex(parsing: written) == derived)
        #expect(!FileManager.default.fileExists(atPath: CassetteIndex.path(of: path)), "reading alone writes nothing")
        #expect(try CassetteIndex.of(path, saves: true).origin == .derived)
        #expect(try CassetteIndex.of(path).origin == .file)
        #expect(derived.members.map(\.lines).dropLast(2).allSatisfy { $0 == 256 })
        #expect(derived.members.last?.isLast == true && derived.members.last?.lines == 1)
        #expect(try Cassette(path: path).exchangeCount == derived.members.map(\.exchanges).reduce(0, +))
        let size = UInt64(try RecordedRun.bytes(path).count)
        #expect(derived.members.first?.offset == 0 && derived.members.last?.end == size)
    }

    @Test("a line of it is this")
    func literal() throws {
        let path = try RecordedRun(7..<9).write("literal.ndjson.gz")
        defer { RecordedRun.remove(path) }
        let lines = String(decoding: try RecordedRun.bytes(CassetteIndex.path(of: path)), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3 && lines[0] == "{\"cassetteIndex\":1}")
        let first = try JSONScanner.parse(Array(lines[1].utf8))
        let bytes = try RecordedRun.bytes(path)
        let text = try RecordedRun.text(path)
        let closing = try #require(text.dropLast().lastIndex(of: 0x0A))
        #expect(first["line"] == 1 && first["lines"] == 7 && first["exchange"] == 1 && first["exchanges"] == 6)
        #expect(first["blocks"] == [7, 8] && first["times"] == [1_700_000_084, 1_700_000_096] && first["loose"] == 2)
        #expect(first["digest"]?.string == Keccak256.hash(Array(text[...closing])).description)
        let second = try JSONScanner.parse(Array(lines[2].utf8))
        #expect(second["end"] == true && second["exchanges"] == 0 && second["blocks"] == nil)
        #expect(second["offset"]?.uint64 == first["bytes"]?.uint64)
        #expect((second["offset"]?.uint64 ?? 0) + (second["bytes"]?.uint64 ?? 0) == UInt64(bytes.count))
    }

    @Test("absent, stale or damaged, it is made again, and never says more than the file holds")
    func rebuilt() throws {
        var random = SeededRandom(0x1DE)
        let path = try recording()
        let other = try RecordedRun(5..<500).write("other.ndjson.gz")
        defer { RecordedRun.remove(path, other) }
        let whole = try RecordedRun.bytes(path)
        let good = try RecordedRun.bytes(CassetteIndex.path(of: path))
        let right = CassetteIndex(parsing: good)
        let stale = try RecordedRun.bytes(CassetteIndex.path(of: other))
        for round in 0..<100 {
            let length = round % 3 == 0 ? whole.count : Int.random(in: 1...whole.count, using: &random)
            try RecordedRun.write(Array(whole[..<length]), path)
            let text = round % 5 == 0 ? stale : random.mutation(of: good)
            try RecordedRun.write(text, CassetteIndex.path(of: path))
            let index = try CassetteIndex.of(path).index
            let expected = right.members.prefix { $0.end <= UInt64(length) }
            // A mutation may change what an index says of lines without changing where members stand: then the checksum of the
            // member does not tell, and the digest does when the member is read.
            #expect(index.members.map(\.end) == expected.map(\.end), "round \(round)")
            #expect(index.members.allSatisfy { $0.end <= UInt64(length) })
        }
    }

    @Test("a part is read through it: the members that it needs, and no others")
    func part() throws {
        let path = try recording(0..<1_200)
        defer { RecordedRun.remove(path) }
        let range = CassetteRange(from: .block(1_000), to: .time(1_700_000_000 + 12 * 1_010))
        let part = try CassettePart(path: path, range: range)
        var lines: [[UInt8]] = []
        try part.forEach { line, _, _ in lines.append(line) }
        let size = try RecordedRun.bytes(path).count
        #expect(part.membersRead <= 3 && part.bytesRead * 2 < UInt64(size))
        let cassette = try Cassette(path: path, range: range)
        #expect(cassette.heads.map(\.number) == Array(1_000...1_010))
        #expect(cassette.setupHead?.number == 0 && cassette.chainID == 1337 && cassette.notes.count == 1)
        // The same lines as a plain file gives, without index.
        let plain = try RecordedRun(0..<1_200).write("plain.ndjson")
        defer { RecordedRun.remove(plain) }
        var others: [[UInt8]] = []
        try CassettePart(path: plain, range: range).forEach { line, _, _ in others.append(line) }
        #expect(lines == others && lines.count > 11)
    }

    @Test("a member that is not the one that it knows is refused by name")
    func altered() throws {
        let path = try recording()
        defer { RecordedRun.remove(path) }
        let place = CassetteIndex.path(of: path)
        var index = CassetteIndex(parsing: try RecordedRun.bytes(place))
        index.members[0].digest = B256()
        try RecordedRun.write(index.bytes, place)
        let error = #expect(throws: CassetteError.self) { try Cassette(path: path, range: CassetteRange(to: .block(3))) }
        #expect(error?.code == .altered && error?.description.contains("lines 1 to 256") == true)
    }

    @Test("an unfinished recording is refused for a part too")
    func unfinished() throws {
        let path = try RecordedRun(0..<400).write("u.ndjson.gz", finishes: false)
        defer { RecordedRun.remove(path) }
        let error = #expect(throws: CassetteError.self) { try Cassette(path: path, range: CassetteRange(to: .block(3))) }
        #expect(error?.code == .unfinished)
    }

    @Test("members that others make, of any size and with lines across them, are understood")
    func foreignMembers() throws {
        let source = try recording(0..<300)
        defer { RecordedRun.remove(source) }
        let text = try RecordedRun.text(source)
        let path = RecordedExchange.temporaryPath("foreign.gz")
        defer { RecordedRun.remove(path) }
        var random = SeededRandom(0xF0)
        for round in 0..<8 {
            var bytes: [UInt8] = []
            var start = 0
            while start < text.count {
                let end = min(text.count, start + Int.random(in: 1...30_000, using: &random))
                bytes += try Gzip.compress(Array(text[start..<end]))
                start = end
            }
            // The last line feed may be missing.
            if round % 4 == 0 { bytes = try Gzip.compress(Array(text.dropLast())) }
            try RecordedRun.write(bytes, path)
            RecordedExchange.remove(CassetteIndex.path(of: path))
            #expect(try CassetteAudit(path: path).findings == [])
            #expect(try Cassette(path: path).heads.count == 300)
            let index = try CassetteIndex.of(path).index
            #expect(index.members.last?.end == UInt64(bytes.count))
            #expect(try Cassette(path: path, range: CassetteRange(from: .block(299))).heads.map(\.number) == [299])
        }
    }
}
