import GRDB

/// The steps by which a store's schema came to be, each with a name. They are appended to and never changed: a store tells which it has
/// been through.
enum Migrations {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-records-journal-memory", migrate: first)
        migrator.registerMigration("0002-requests", migrate: second)
        return migrator
    }()

    /// Names of the steps that a store has been through, in their order.
    static func applied(_ db: Database) throws -> [String] {
        // Made by GRDB before the first migration.
        guard try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_master WHERE name = 'grdb_migrations'") != nil else { return [] }
        return try Row.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid").map { try $0.text(0) }
    }

    /// Those of them that this version does not know.
    static func unknown(_ db: Database) throws -> [String] { try applied(db).filter { !migrator.migrations.contains($0) } }

    /// Times are unix seconds. A digest is a Keccak-256 hash: SQLite notices a damaged page, but not a damaged value.
    private static func first(_ db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(StoreConnection.applicationID)")
        try db.execute(
            sql: """
                CREATE TABLE account (
                    id INTEGER PRIMARY KEY,
                    chain INTEGER NOT NULL,     -- as two's complement above 2^63
                    address TEXT NOT NULL,      -- lower-case hexadecimal
                    UNIQUE (chain, address)
                ) STRICT;
                CREATE TABLE record (
                    id INTEGER PRIMARY KEY,     -- over all accounts
                    account INTEGER NOT NULL REFERENCES account (id),
                    sequence INTEGER NOT NULL,  -- 1, 2, 3 … within the account
                    time INTEGER NOT NULL,
                    payload TEXT NOT NULL,      -- JSON with sorted keys
                    digest BLOB NOT NULL,       -- over the digest before, sequence, time and payload
                    UNIQUE (account, sequence)
                ) STRICT;
                CREATE TABLE journal (
                    sequence INTEGER PRIMARY KEY,
                    time INTEGER NOT NULL,
                    line TEXT NOT NULL,         -- with `prev`, the digest of the line before
                    digest BLOB NOT NULL        -- of the line
                ) STRICT;
                CREATE TABLE memory (
                    keeper TEXT PRIMARY KEY,
                    time INTEGER NOT NULL,
                    bytes BLOB NOT NULL,
                    digest BLOB NOT NULL        -- over name and bytes
                ) STRICT;
                """)
        for table in ["account", "record", "journal"] {
            for change in ["UPDATE", "DELETE"] {
                try db.execute(
                    sql: """
                        CREATE TRIGGER \(table)_\(change.lowercased()) BEFORE \(change) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'what is in this table stays as it is'); END;
                        """)
            }
        }
    }

    /// What operators ask of the process that has the store. Unlike what a keeper must not forget, it may be altered.
    private static func second(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE request (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    time INTEGER NOT NULL,
                    request TEXT NOT NULL,      -- JSON with sorted keys
                    answer TEXT                 -- JSON with sorted keys; null until there is one
                ) STRICT;
                """)
    }
}
