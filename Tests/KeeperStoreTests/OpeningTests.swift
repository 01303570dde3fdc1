import Foundation
import GRDB
import KeeperCore
import KeeperTransactions
import Testing

@testable import KeeperStore

@Suite("Opening a store")
struct OpeningTests {
    private let folder: StoreFolder
    private var path: String { folder.file() }

    init() throws { folder = try StoreFolder() }

    private func code(_ body: () throws -> some Any) -> StoreError.Code? {
        let error = #expect(throws: StoreError.self) { _ = try body() }
        #expect(error?.description.contains("\n") == false)
        return error?.code
    }

    @Test("every commit waits for the disk, and the log is written ahead")
    func settings() throws {
        let store = try SQLiteStore(path: path)
        try store.queue.read { (db) throws in
            #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
            #expect(try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2)
            #expect(try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1)
            #expect(try Int.fetchOne(db, sql: "PRAGMA busy_timeout") == 5_000)
            #expect(try Int32.fetchOne(db, sql: "PRAGMA application_id") == StoreConnection.applicationID)
        }
    }

    @Test("only its owner can read it")
    func rights() throws {
        let store = try SQLiteStore(path: path)
        try store.setMemory([1], of: "a")
        for name in ["", "-wal", "-shm", ".lock"] {
            let rights = try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
            #expect(rights == 0o600, "\(name)")
        }
    }

    @Test("a second one is refused, also by another way to the same file, until the first is let go")
    func lock() throws {
        let link = folder.file("link.sqlite")
        var store: SQLiteStore? = try SQLiteStore(path: path)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        for way in [path, link, folder.path + "/../" + (folder.path as NSString).lastPathComponent + "//store.sqlite"] {
            #expect(code { try SQLiteStore(path: way) } == .inUse, "\(way)")
        }
        #expect(try store?.memory(of: "a") == nil)
        store = nil
        #expect(try SQLiteStore(path: link).path.hasSuffix("/store.sqlite"))
    }

    @Test("where no store can be, the reason is told, and nothing is made")
    func places() throws {
        #expect(code { try SQLiteStore(path: "/nowhere/at/all.sqlite") } == .failed)
        #expect(code { try SQLiteStore(path: folder.path) } == .failed)
        #expect(throws: StoreError.self) { try StoreFile(path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file that is no store is left as it is")
    func foreign() throws {
        try folder.write(Array("{\"kind\":\"decision\"}\n".utf8), "log.ndjson")
        try folder.write([UInt8](repeating: 0x41, count: 8_192), "text")
        let other = try DatabaseQueue(path: folder.file("other.sqlite"))
        try other.write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
        try other.close()
        for name in ["log.ndjson", "text", "other.sqlite"] {
            let before = try folder.bytes(name)
            #expect(code { try SQLiteStore(path: folder.file(name)) } == .damaged, "\(name)")
            #expect(code { try StoreFile(path: folder.file(name)) } == .damaged, "\(name)")
            #expect(try folder.bytes(name) == before, "\(name)")
        }
    }

    @Test("a process that died while it made a store left one that the next can use")
    func unfinished() throws {
        try folder.write([], "empty.sqlite")
        let begun = try DatabaseQueue(path: folder.file("begun.sqlite"))
        try begun.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try begun.close()
        for name in ["empty.sqlite", "begun.sqlite"] {
            #expect(code { try StoreFile(path: folder.file(name)) } == .damaged, "a tool makes no store of it")
            try Content.make(folder.file(name))
            #expect(try SQLiteStore(path: folder.file(name)).records(of: Content.account).count == 15)
        }
    }

    @Test("a newer program's store is refused, and its migration named")
    func newer() throws {
        try Content.make(path)
        let future = try DatabaseQueue(path: path)
        try future.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('0099-from-the-future'), ('0100-later-still')")
            try db.execute(sql: "ALTER TABLE record ADD COLUMN kind TEXT")
        }
        try future.close()
        let before = try folder.bytes()
        #expect(code { try SQLiteStore(path: path) } == .newer(migration: "0099-from-the-future"))
        let error = #expect(throws: StoreError.self) { try StoreFile(path: path) }
        #expect(error?.description.contains("0099-from-the-future") == true && error?.description.contains(path) == true)
        #expect(try folder.bytes() == before)
    }

    @Test("opening again runs no migration twice")
    func again() throws {
        try Content.make(path)
        for _ in 0..<3 { _ = try SQLiteStore(path: path) }
        #expect(try StoreFile(path: path).report().migrations == ["0001-records-journal-memory", "0002-requests"])
    }

    @Test("what was written cannot be changed or removed, not even with SQL", arguments: ["account", "record", "journal"])
    func appendOnly(_ table: String) throws {
        try Content.make(path)
        let store = try SQLiteStore(path: path)
        let before = try Content.Answers(store)
        for sql in ["DELETE FROM \(table)", "UPDATE \(table) SET rowid = rowid + 100"] {
            #expect(throws: DatabaseError.self) { try store.queue.write { try $0.execute(sql: sql) } }
        }
        #expect(try Content.Answers(store) == before)
    }
}
