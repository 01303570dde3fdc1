import EthCodec
import EthPrimitives
import Foundation
import GRDB
import KeeperCore

/// The lines of the decision log.
enum JournalRows {
    static func append(_ records: [JSON], at time: UInt64, to db: Database) throws {
        guard !records.isEmpty else { return }
        var sequence: Int64 = 0
        var chain = JournalChain()
        let newest = try db.cachedStatement(sql: "SELECT sequence, digest FROM journal ORDER BY sequence DESC LIMIT 1")
        if let row = try Row.fetchOne(newest) {
            sequence = try row.integer(0)
            chain = JournalChain(digest: try row.digest(1))
        }
        let insert = try db.cachedStatement(sql: "INSERT INTO journal (sequence, time, line, digest) VALUES (?, ?, ?, ?)")
        for record in records {
            let line = chain.link(record)
            sequence += 1
            try insert.execute(
                arguments: [sequence, Int64(time), String(decoding: line, as: UTF8.self), Data(chain.digest.bytes)])
        }
    }

    /// A line as it is kept.
    struct Entry {
        var sequence: UInt64
        /// Unix seconds at which it was written.
        var time: UInt64
        /// Without its line break.
        var line: [UInt8]
    }

    /// Hands on all lines, each once it was found to follow the one before.
    /// - Returns: the digest of the newest line, zero if there is none.
    /// - Throws: `StoreError` at the first that is not what was written, and what the body throws.
    @discardableResult
    static func each(_ db: Database, _ body: (Entry) throws -> Void) throws -> B256 {
        var chain = JournalChain()
        var count: UInt64 = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT sequence, time, line, digest FROM journal ORDER BY sequence")
        while let row = try rows.next() {
            let entry = Entry(sequence: try row.unsigned(0), time: try row.unsigned(1), line: Array(try row.text(2).utf8))
            count += 1
            guard chain.follow(entry.line), entry.sequence == count, try row.digest(3) == chain.digest else {
                throw StoreError(.damaged, "line \(count) of the journal is not what was written")
            }
            try body(entry)
        }
        return chain.digest
    }

    /// Whether the newest line is what was written: the next will stand on it. The whole of a journal can be gigabytes.
    static func verifyNewest(_ db: Database) throws {
        guard let row = try Row.fetchOne(db, sql: "SELECT line, digest, sequence FROM journal ORDER BY sequence DESC LIMIT 1")
        else {
            return
        }
        guard Keccak256.hash(try row.text(0)) == (try row.digest(1)) else {
            throw StoreError(.damaged, "line \(try row.integer(2)) of the journal is not what was written")
        }
    }
}
