import EthPrimitives
import Foundation
import GRDB
import KeeperCore
import KeeperTransactions

/// What is in flight and was: rows that are only ever added.
enum RecordRows {
    static func append(_ records: [KeeperTransactions.Record], of account: StoreAccount, at time: UInt64, to db: Database) throws
    {
        guard !records.isEmpty else { return }
        let id: Int64
        var chain = RecordChain(of: account)
        if let known = try AccountRows.id(of: account, db) {
            id = known
            let newest = try db.cachedStatement(
                sql: "SELECT sequence, digest FROM record WHERE account = ? ORDER BY sequence DESC LIMIT 1")
            if let row = try Row.fetchOne(newest, arguments: [id]) {
                chain = RecordChain(sequence: try row.unsigned(0), digest: try row.digest(1))
            }
        } else {
            id = try AccountRows.add(account, to: db)
        }
        let insert = try db.cachedStatement(
            sql: "INSERT INTO record (account, sequence, time, payload, digest) VALUES (?, ?, ?, ?, ?)")
        for record in records {
            let payload = try RecordText.text(of: record)
            chain.link(time: time, payload: payload)
            try insert.execute(
                arguments: [id, Int64(chain.sequence), Int64(time), payload, Data(chain.digest.bytes)])
        }
    }

    /// A record as it is kept.
    struct Entry {
        var sequence: UInt64
        /// Unix seconds at which it was written.
        var time: UInt64
        var payload: String
    }

    /// Hands on the records of an account in their order, each once its digest was found right.
    /// - Throws: `StoreError` at the first that is not what was written, and what the body throws.
    static func each(of account: StoreAccount, _ db: Database, _ body: (Entry) throws -> Void) throws {
        guard let id = try AccountRows.id(of: account, db) else { return }
        var chain = RecordChain(of: account)
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sequence, time, payload, digest FROM record WHERE account = ? ORDER BY sequence", arguments: [id])
        while let row = try rows.next() {
            let entry = Entry(sequence: try row.unsigned(0), time: try row.unsigned(1), payload: try row.text(2))
            chain.link(time: entry.time, payload: entry.payload)
            guard entry.sequence == chain.sequence, try row.digest(3) == chain.digest else {
                throw StoreError(.damaged, "record \(chain.sequence) of \(account) is not what was written")
            }
            try body(entry)
        }
    }

    static func all(of account: StoreAccount, _ db: Database) throws -> [KeeperTransactions.Record] {
        var records: [KeeperTransactions.Record] = []
        try each(of: account, db) { records.append(try RecordText.record(of: $0.payload)) }
        return records
    }

    /// - Throws: `StoreError` at the first record of any account that is not what was written.
    static func verify(_ db: Database) throws {
        for (_, account) in try AccountRows.all(db) { try each(of: account, db) { _ in } }
    }

    /// - Throws: `StoreError` at the first record of any account that this version does not understand.
    static func decode(_ db: Database) throws { for (_, account) in try AccountRows.all(db) { _ = try all(of: account, db) } }
}
