import EthCodec
import EthPrimitives
import Foundation
import GRDB
import KeeperCore
import TestSupport
import Testing

@testable import KeeperStore

/// Decision logs as tools read them.
@Suite("Journal files")
struct JournalFileTests {
    @Test("a store's journal and a file of lines are told apart, and say the same")
    func same() throws {
        let sample = try JournalSample(30)
        let (rows, stored) = try JournalSample.read(sample.store)
        let (lines, filed) = try JournalSample.read(sample.file)
        #expect(rows == lines && rows.count == 30)
        #expect(try stored.get() == filed.get())
        var chain = JournalChain()
        for (index, line) in lines.enumerated() {
            #expect(line.number == UInt64(index + 1) && line.bytes == chain.link(JournalSample.record(index)))
            #expect(line.json["block"] == .integer(24_000_000 + index))
        }
        #expect(try filed.get() == JournalEnd(lines: 30, digest: chain.digest))
        #expect(try JournalFile(path: sample.store).isStore)
        #expect(try !JournalFile(path: sample.file).isStore)
    }

    @Test("what a store exports as its journal is such a file")
    func export() throws {
        let sample = try JournalSample(7)
        var bytes: [UInt8] = []
        try StoreFile(path: sample.store).export(.journal) { bytes += $0 + [0x0A] }
        try sample.folder.write(bytes, "export.ndjson")
        #expect(
            try JournalSample.read(sample.folder.file("export.ndjson")).end.get() == JournalSample.read(sample.store).end.get())
    }

    @Test("an empty journal has no lines and the digest zero")
    func empty() throws {
        let sample = try JournalSample(0)
        for path in [sample.store, sample.file] {
            let (lines, end) = try JournalSample.read(path)
            #expect(lines.isEmpty)
            #expect(try end.get() == JournalEnd(lines: 0, digest: B256()))
        }
    }

    @Test("both are read beside who writes them, and neither is altered")
    func beside() throws {
        let sample = try JournalSample(3)
        let store = try SQLiteStore(path: sample.store)
        let journal = try Journal(path: sample.file)
        for number in 3..<6 {
            try store.append([], of: Content.account, journal: [JournalSample.record(number)])
            try journal.append(JournalSample.record(number))
            #expect(try JournalSample.read(sample.store).end.get().lines == UInt64(number + 1))
            #expect(try JournalSample.read(sample.file).end.get().digest == journal.digest)
        }
        let before = try sample.folder.everything()
        _ = try JournalSample.read(sample.store)
        _ = try JournalSample.read(sample.file)
        #expect(try sample.folder.everything() == before)
    }

    @Test("a writer is heard while a reader reads")
    func meanwhile() throws {
        let sample = try JournalSample(3)
        let store = try SQLiteStore(path: sample.store)
        let end = try JournalFile(path: sample.store).each { _ in
            #expect(throws: Never.self) {
                try store.append([], of: Content.account, journal: [JournalSample.record(9)])
            }
        }
        #expect(end.lines == 3)
        #expect(try store.journalLines().count == 6)
    }

    /// Locks on a file, of whichever process, as the system lists them.
    private func locks(on path: String) throws -> Int {
        let facts = try #require(StorePlace.facts(path))
        let list = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        return list.split(separator: "\n").count { $0.contains(":\(facts.node) ") && $0.contains("POSIX") }
    }

    @Test("reading a store drops no lock of a keeper in the same process")
    func locks() throws {
        let sample = try JournalSample(3)
        let store = try SQLiteStore(path: sample.store)
        let before = try locks(on: sample.store)
        #expect(before > 0, "SQLite holds a lock as long as the store is open")
        #expect(try JournalSample.read(sample.store).end.get().lines == 3)
        #expect(try locks(on: sample.store) == before)
        #expect(try store.journalLines().count == 3)
    }

    @Test("what the body throws comes out as it is, at once", arguments: [true, false])
    func stopped(_ isStore: Bool) throws {
        struct Enough: Error, Equatable { var number: UInt64 }
        let sample = try JournalSample(20)
        let file = try JournalFile(path: isStore ? sample.store : sample.file)
        #expect(throws: Enough(number: 4)) { try file.each { if $0.number == 4 { throw Enough(number: 4) } } }
        let own = StoreError(.damaged, "of the body")
        #expect(throws: own) { try file.each { _ in throw own } }
    }

    @Test("what is no journal is refused")
    func refused() throws {
        let sample = try JournalSample(2)
        let folder = sample.folder
        try folder.write(Array("# notes\n".utf8), "notes")
        try folder.write([0, 0, 0], "zeros")
        try folder.write(Array("{}\n".utf8), "braces")
        try folder.write(Array("SQLite format 3\0".utf8), "header")
        for (name, code) in [
            ("notes", StoreError.Code.damaged), ("zeros", .damaged), ("braces", .damaged), ("header", .damaged),
            ("absent", .failed),
            ("no/folder/here", .failed), ("", .failed),
        ] {
            guard case .failure(let error) = try JournalSample.read(folder.file(name)).end else {
                Issue.record("\(name) was read")
                continue
            }
            #expect(error.code == code, "\(name): \(error)")
        }
        try sample.alter("store.sqlite") { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-later')") }
        guard case .failure(let error) = try JournalSample.read(sample.store).end else {
            Issue.record("a store of a newer program was read")
            return
        }
        #expect(error.code == .newer(migration: "9999-later"))
    }

    @Test("reading two thousand lines of five kilobytes takes the memory of some", arguments: [true, false])
    func memory(_ isStore: Bool) throws {
        let sample = try JournalSample(2_000, filling: 5_000)
        let run = try ProgramRun.run(
            ProgramRun.product("store-probe"), ["read-journal", isStore ? sample.store : sample.file])
        let words = run.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        #expect(run.status == 0 && words.count == 3, "\(run.output)\(run.errors)")
        guard words.count == 3 else { return }
        #expect(words[0] == 2_000 && words[1] > 10_000_000)
        #expect(words[2] < 4_000_000, "the process grew by \(words[2]) bytes")
        print("journal of \(words[1]) bytes, \(isStore ? "store" : "file"): grew by \(words[2] / 1024) KiB")
    }
}
