public import EthPrimitives
import GRDB
public import KeeperCore

/// What is in a store.
public struct StoreReport: Sendable {
    /// The records of one account.
    public struct Account: Sendable {
        public var account: StoreAccount
        public var records: UInt64
        /// Unix seconds at which the newest was written.
        public var newest: UInt64?
    }

    /// What one keeper carries from tick to tick.
    public struct Memory: Sendable {
        public var keeper: String
        public var bytes: Int
        /// Unix seconds at which it was written.
        public var newest: UInt64
    }

    /// Of the database and of its write-ahead log.
    public var bytes: UInt64
    public var logBytes: UInt64
    /// The steps of the schema that it has been through, in their order; the newest names the schema.
    public var migrations: [String]
    /// What is wrong; empty if all is well.
    public var findings: [String] = []
    public var accounts: [Account] = []
    public var journalLines: UInt64 = 0
    /// Of the journal's newest line: it stands for all lines. `nil` if there is none.
    public var journalDigest: B256?
    /// Unix seconds at which the journal's newest line was written.
    public var journalNewest: UInt64?
    public var memories: [Memory] = []

    fileprivate init(_ db: Database, bytes: UInt64, logBytes: UInt64) throws {
        self.bytes = bytes
        self.logBytes = logBytes
        migrations = try Migrations.applied(db)
        findings = try Integrity.findings(db)
        do { try count(db) } catch  where !findings.isEmpty {
            // What cannot be counted is damaged, and that is among the findings.
        }
    }

    private mutating func count(_ db: Database) throws {
        for (id, account) in try AccountRows.all(db) {
            let row = try Row.fetchOne(
                db, sql: "SELECT count(*), coalesce(max(time), 0) FROM record WHERE account = ?", arguments: [id])
            let (count, newest) = (try row?.unsigned(0) ?? 0, try row?.unsigned(1) ?? 0)
            accounts.append(Account(account: account, records: count, newest: count > 0 ? newest : nil))
        }
        journalLines = try Row.fetchOne(db, sql: "SELECT count(*) FROM journal")?.unsigned(0) ?? 0
        if let row = try Row.fetchOne(db, sql: "SELECT time, digest FROM journal ORDER BY sequence DESC LIMIT 1") {
            (journalNewest, journalDigest) = (try row.unsigned(0), try row.digest(1))
        }
        memories = try MemoryRows.all(db).map { Memory(keeper: $0.keeper, bytes: $0.bytes.count, newest: $0.time) }
    }
}

extension StoreFile {
    /// Reads all of it, and checks it.
    /// - Throws: `StoreError`, where there is too little left to count.
    public func report() throws(StoreError) -> StoreReport {
        let sizes = [place.path, place.log].map { StorePlace.facts($0)?.bytes ?? 0 }
        return try read { try StoreReport($0, bytes: sizes[0], logBytes: sizes[1]) }
    }
}
