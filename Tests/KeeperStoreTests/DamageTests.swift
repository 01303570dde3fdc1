import Foundation
import KeeperCore
import KeeperStore
import TestSupport
import Testing

/// Files that are not what was written.
@Suite("Damaged stores")
struct DamageTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    /// What a keeper hears from a file, `nil` if it is refused.
    private func answers(_ name: String) throws -> Content.Answers? {
        defer {
            // Absent ones need no removing.
            for suffix in ["-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: folder.file(name) + suffix) }
        }
        do {
            return try Content.Answers(SQLiteStore(path: folder.file(name)))
        } catch let error as StoreError {
            #expect(error.isCertain, "\(error)")
            return nil
        }
    }

    @Test(
        "no flipped byte makes a store say something else: it is refused, or nothing was lost", arguments: 0..<4 as Range<UInt64>)
    func flipped(_ part: UInt64) throws {
        try Content.make(folder.file())
        let bytes = try folder.bytes()
        let before = try #require(try answers("store.sqlite"))
        var random = SeededRandom(part)
        var refused = 0
        for round in 0..<150 {
            var altered = bytes
            // Most bytes of a small file are never used: half of the flips hit some that are.
            var at = Int.random(in: 0..<bytes.count, using: &random)
            while round % 2 == 0 && bytes[at] == 0 { at = Int.random(in: 0..<bytes.count, using: &random) }
            altered[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try folder.write(altered, "flipped.sqlite")
            guard let after = try answers("flipped.sqlite") else {
                refused += 1
                continue
            }
            #expect(after == before, "byte \(at)")
        }
        #expect(refused > 40, "most damage is noticed: \(refused)")
    }

    @Test("a store that was cut off is refused")
    func truncated() throws {
        try Content.make(folder.file())
        let bytes = try folder.bytes()
        for count in [1, 99, 100, 512, 4_095, 4_096, bytes.count / 2 / 4_096 * 4_096, bytes.count - 4_096, bytes.count - 1] {
            try folder.write(Array(bytes.prefix(count)), "cut.sqlite")
            #expect(try answers("cut.sqlite") == nil, "\(count) of \(bytes.count)")
        }
    }

    @Test("a damaged log loses its end at most, and gives nothing else instead")
    func log() throws {
        let store = try SQLiteStore(path: folder.file())
        for number in 0..<20 as Range<UInt64> {
            try store.append([Content.record(number)], of: Content.account, journal: [Content.line(number)])
        }
        let whole = try Content.Answers(store)
        let (bytes, log) = (try folder.bytes(), try folder.bytes("store.sqlite-wal"))
        var random = SeededRandom(9)
        var shorter = 0
        for _ in 0..<100 {
            var altered = log
            if Bool.random(using: &random) {
                altered.removeLast(Int.random(in: 0..<log.count, using: &random))
            } else {
                altered[Int.random(in: 0..<log.count, using: &random)] ^= 0x10
            }
            try folder.write(bytes, "copy.sqlite")
            try folder.write(altered, "copy.sqlite-wal")
            guard let after = try answers("copy.sqlite") else { continue }
            #expect(after.isPrefix(of: whole))
            if after != whole { shorter += 1 }
        }
        #expect(shorter > 10)
    }

    @Test(
        "the report names what is damaged",
        arguments: [("1000003", "record"), ("\"number\":19", "journal"), ("keeper knew", "memory")])
    func named(_ text: String, _ place: String) throws {
        try Content.make(folder.file())
        var bytes = try folder.bytes()
        let range = try #require(bytes.firstRange(of: Array(text.utf8)))
        bytes[range.upperBound - 1] ^= 1
        try folder.write(bytes, "store.sqlite")
        let findings = try StoreFile(path: folder.file()).report().findings
        #expect(findings.count == 1 && findings[0].contains(place), "\(findings)")
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file()) }
        #expect(error?.code == .damaged && error?.description.contains(findings[0]) == true, "\(error as Any)")
    }
}
