import EthCodec
import EthPrimitives
import Foundation
import GRDB
import KeeperCore
import KeeperStore
import KeeperTransactions
import Testing

/// The same decision log in a store and in a file of lines.
struct JournalSample {
    let folder: StoreFolder
    var store: String { folder.file("store.sqlite") }
    var file: String { folder.file("decisions.ndjson") }

    /// - Parameter filling: bytes by which each record is longer.
    init(_ count: Int, filling: Int = 40) throws {
        folder = try StoreFolder()
        let journal = try Journal(path: file)
        let kept = try SQLiteStore(path: store, now: { 1_700_000_000 })
        let records = (0..<count).map { Self.record($0, filling) }
        for record in records { try journal.append(record) }
        try kept.append([], of: Content.account, journal: records)
    }

    static func record(_ number: Int, _ filling: Int = 40) -> JSON {
        .object([
            "kind": "decision", "block": .integer(24_000_000 + number), "time": .integer(1_700_000_000 + 12 * number),
            "decision": .object([
                "actions": [], "notes": [.object(["code": "not-due", "text": .string("nicht fällig \(number) …\n")])],
            ]),
            "filling": .string(String(repeating: "0123456789abcdef", count: filling / 16)),
        ])
    }

    /// What a reader says: the lines that it handed on, and how it ended.
    static func read(_ path: String) throws -> (lines: [JournalLine], end: Result<JournalEnd, StoreError>) {
        var lines: [JournalLine] = []
        do throws(StoreError) {
            let file = try JournalFile(path: path)
            do {
                let end = try file.each { lines.append($0) }
                return (lines, .success(end))
            } catch let error as StoreError {
                throw error
            } catch {
                Issue.record("\(error)")
                throw StoreError(.failed, "\(error)")
            }
        } catch {
            #expect(error.description.contains(path) && !error.description.contains("\n"), "\(error)")
            return (lines, .failure(error))
        }
    }

    /// Alters a store as nobody who is well may.
    func alter(_ name: String, _ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: folder.file(name))
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER IF EXISTS journal_update; DROP TRIGGER IF EXISTS journal_delete")
            try body(db)
        }
        try queue.close()
        // The log, merged already.
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file(name) + suffix) }
    }
}
