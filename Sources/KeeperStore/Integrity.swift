import EthPrimitives
import GRDB
import KeeperCore

/// Whether a store is what was written: SQLite looks at its pages, we at the values in them.
enum Integrity {
    /// Before a keeper relies on it: everything but the journal, of which only the newest line is looked at.
    /// - Throws: `StoreError` at the first finding.
    static func requireSound(_ db: Database) throws {
        for table in ["account", "record", "memory", "request", "sqlite_sequence"] {
            // Unlike quick_check this compares indexes with their tables: an account that an index hides would look as if it had no records.
            for finding in try findings(db, "PRAGMA integrity_check(\(table))") { throw StoreError(.damaged, finding) }
        }
        try requireOwners(db)
        try RecordRows.verify(db)
        _ = try MemoryRows.all(db)
        try JournalRows.verifyNewest(db)
    }

    /// All of it.
    /// - Returns: what SQLite found, and the first of ours in each table; empty if all is well.
    static func findings(_ db: Database) throws -> [String] {
        var findings = try findings(db, "PRAGMA integrity_check(20)")
        let checks: [(Database) throws -> Void] = [
            requireOwners, RecordRows.decode, { _ = try MemoryRows.all($0) }, { try JournalRows.each($0) { _ in } },
        ]
        for check in checks {
            do { try check(db) } catch let error as StoreError {
                findings.append(error.description)
            } catch let error as DatabaseError {
                // A table that cannot be read to its end.
                findings.append(StoreError.reason(error))
            }
        }
        return findings
    }

    private static func findings(_ db: Database, _ pragma: String) throws -> [String] {
        try Row.fetchAll(db, sql: pragma).map { try $0.text(0) }.filter { $0 != "ok" }
    }

    private static func requireOwners(_ db: Database) throws {
        guard try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil else {
            throw StoreError(.damaged, "a record belongs to no account")
        }
    }
}
