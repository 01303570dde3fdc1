import EthCodec
import EthPrimitives
import Foundation
import KeeperCore
import TestSupport
import Testing

@testable import KeeperStore

/// Stores as tools see them.
@Suite("Store files")
struct StoreFileTests {
    private let folder: StoreFolder
    private var path: String { folder.file() }

    init() throws { folder = try StoreFolder() }

    private func lines(_ part: StorePart = .all) throws -> [String] {
        var lines: [String] = []
        try StoreFile(path: path).export(part) { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }

    @Test("the report counts what is there")
    func report() throws {
        try Content.make(path)
        let report = try StoreFile(path: path).report()
        let bytes = UInt64(try folder.bytes().count)
        #expect(report.findings == [] && report.bytes == bytes && report.logBytes == 0)
        #expect(report.accounts.map(\.account) == [Content.account, Content.other])
        #expect(report.accounts.map(\.records) == [15, 5] && report.accounts.allSatisfy { $0.newest == 1_700_000_000 })
        let last = try #require(try lines(.journal).last)
        #expect(
            report.journalLines == 20 && report.journalDigest == Keccak256.hash(last) && report.journalNewest == 1_700_000_000)
        #expect(report.memories.map(\.keeper) == ["other", "poker"] && report.memories.map(\.bytes) == [0, 20])
    }

    @Test("reading alters no file and makes none")
    func unaltered() throws {
        try Content.make(path)
        let before = try folder.everything()
        _ = try StoreFile(path: path).report()
        #expect(try lines().count == 40)
        #expect(try folder.everything() == before)
    }

    @Test("after a crash what is in the log is read too, and stays there")
    func afterCrash() throws {
        let probe = try Probe(["append", path, "5"])
        while let line = probe.line(), line != "5" {}
        _ = probe.kill()
        let (database, log) = (try folder.bytes(), try folder.bytes("store.sqlite-wal"))
        #expect(!log.isEmpty)
        let report = try StoreFile(path: path).report()
        #expect(report.findings == [] && report.journalLines == 5 && report.logBytes == UInt64(log.count))
        #expect(try folder.bytes() == database)
        #expect(try folder.bytes("store.sqlite-wal") == log)
    }

    @Test("a keeper's store is read beside it, one moment at a time")
    func beside() throws {
        let store = try SQLiteStore(path: path)
        for number in 0..<30 as Range<UInt64> {
            try store.append([Content.record(number)], of: Content.account, journal: [Content.line(number)])
            #expect(try lines().count == Int(2 * number + 2))
        }
        let probe = try StoreFile(path: path)
        try probe.export(.journal) { _ in
            // A writer never waits for a reader, nor the other way round.
            #expect(throws: Never.self) { try store.append([], of: Content.account, journal: [Content.line(99)]) }
        }
        #expect(try lines(.journal).count == 60)
    }

    @Test("a keeper that begins while its file is read as it lies is noticed")
    func race() throws {
        try Content.make(path)
        let file = try StoreFile(path: path)
        let store = try SQLiteStore(path: path)
        let error = #expect(throws: StoreError.self) { try file.report() }
        #expect(error?.description.contains("ask again") == true && error?.code == .failed)
        #expect(try StoreFile(path: path).report().findings == [])
        #expect(try store.journalLines().count == 20)
    }

    @Test(
        "names that mean something to SQLite or a URL are names",
        arguments: ["a b", "50%?x=1#y", "file:x", "ü🪙", ":memory:", "it's"])
    func names(_ name: String) throws {
        try Content.make(folder.file(name))
        #expect(try StoreFile(path: folder.file(name)).report().journalLines == 20)
        #expect(FileManager.default.fileExists(atPath: folder.file(name)))
    }

    @Test("lines of an export are JSON with sorted keys, and the journal's verify")
    func export() throws {
        try Content.make(path)
        let lines = try lines()
        for line in lines { #expect(try JSONScanner.parse(Array(line.utf8)).sortedText == line) }
        let first = try JSONScanner.parse(Array(lines[0].utf8))
        #expect(first["kind"] == "record" && first["chain"] == 1 && first["sequence"] == 1 && first["time"] == 1_700_000_000)
        #expect(first["record"]?.sortedText == (try RecordText.text(of: Content.record(0))))
        #expect(first["account"]?.string == Address.zero.description)
        var chain = JournalChain()
        for (number, line) in try self.lines(.journal).enumerated() {
            #expect(Array(line.utf8) == chain.link(Content.line(UInt64(number))))
            #expect(lines[20 + number].contains(line))
        }
    }

    @Test("a backup of a store in use is a store of its own, complete to a moment")
    func backup() throws {
        try Content.make(path)
        let store = try SQLiteStore(path: path)
        try store.append([Content.record(20)], of: Content.account, journal: [Content.line(20)])
        let copy = folder.file("copy.sqlite")
        try store.backup(to: copy)
        try store.append([Content.record(21)], of: Content.account, journal: [])
        #expect(try folder.everything().keys.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
        let restored = try SQLiteStore(path: copy)
        #expect(try restored.records(of: Content.account).count == 16)
        #expect(try restored.journalLines().count == 21)
        try restored.append([Content.record(99)], of: Content.account, journal: [Content.line(99)])
        #expect(try store.records(of: Content.account).count == 17)
        #expect(try store.journalLines().count == 21)
    }

    @Test("a backup replaces nothing, and a damaged store is not copied")
    func backupRefused() throws {
        try Content.make(path)
        try folder.write([1], "there")
        #expect(throws: StoreError.self) { try StoreFile(path: path).backup(to: folder.file("there")) }
        #expect(try folder.bytes("there") == [1])
        #expect(throws: StoreError.self) { try StoreFile(path: path).backup(to: "/nowhere/at/all") }
        var bytes = try folder.bytes()
        let range = try #require(bytes.firstRange(of: Array("keeper knew".utf8)))
        bytes[range.lowerBound] ^= 1
        try folder.write(bytes, "store.sqlite")
        let error = #expect(throws: StoreError.self) { try StoreFile(path: path).backup(to: folder.file("copy")) }
        #expect(error?.code == .damaged)
        #expect(try folder.everything().keys.filter { $0.hasPrefix("copy") }.isEmpty)
    }
}
