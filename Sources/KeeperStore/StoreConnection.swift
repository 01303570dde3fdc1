import GRDB
import KeeperCore

/// How connections to SQLite are set up.
enum StoreConnection {
    /// "KEEP" in ASCII, in the file's header: whose file it is.
    static let applicationID: Int32 = 0x4B45_4550

    /// Seconds for which a connection waits for others: tools read while a keeper writes, so that only a moment passes.
    private static let patience = 5.0

    static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "KeeperStore"
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(patience)
        // Where even rolling back fails, the store says so; GRDB would end the process.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // A damaged file is not believed: neither its schema's functions nor the sizes that it claims.
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL")
        }
        return configuration
    }

    /// Refuses what is no store, and a store of a newer program; nothing was written then.
    /// - Parameter mayBeNew: whether an empty database will do.
    static func checkOwner(_ db: Database, _ place: StorePlace, mayBeNew: Bool) throws {
        if try Row.fetchOne(db, sql: "PRAGMA application_id")?.integer(0) != Int64(applicationID) {
            guard mayBeNew, try isEmpty(db) else { throw StoreError(.damaged, "\(place.path) is no store of a keeper") }
        }
        if let migration = try Migrations.unknown(db).first {
            throw StoreError(
                .newer(migration: migration),
                "a newer version wrote the store \(place.path): this one does not know the migration \(migration)")
        }
    }

    /// Whether there is nothing in it: also what a process leaves that died while it made a store.
    private static func isEmpty(_ db: Database) throws -> Bool {
        let sql = "SELECT 1 FROM sqlite_master WHERE tbl_name != 'grdb_migrations'"
        return try Row.fetchOne(db, sql: sql) == nil && Row.fetchOne(db, sql: "PRAGMA application_id")?.integer(0) == 0
    }

    /// Write-ahead log, every commit on the disk. What was set is asked for again: some file systems cannot.
    static func makeDurable(_ db: Database, _ place: StorePlace) throws {
        let mode = try Row.fetchOne(db, sql: "PRAGMA journal_mode = WAL")?.text(0)
        let level = try Row.fetchOne(db, sql: "PRAGMA synchronous")?.integer(0)
        guard mode == "wal", level == 2 else {
            throw StoreError(.failed, "the store \(place.path) is on a file system on which SQLite has no write-ahead log")
        }
    }
}
