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
        /// What the line says.
        var json: JSON
    }

    /// Hands on all lines, each once it was found to follow the one before.
    /// - Returns: the digest of the newest line, zero if there is none.
    /// - Throws: `StoreError` at the first that is not what was written, and what the body throws.
    @discardableResult
    static func each(_ db: Database, _ body: (Entry) throws -> Void) throws -> B256 {
        var chain = JournalChain()
        var count: UInt64 = 0
        // As bytes: what is no UTF-8 any more would be mended as text.
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sequence, time, CAST(line AS BLOB), digest FROM journal ORDER BY sequence")
        while let row = try next(rows, after: count) {
            count += 1
            try body(try entry(row, count, &chain))
        }
        return chain.digest
    }

    private static func next(_ rows: RowCursor, after count: UInt64) throws -> Row? {
        do { return try rows.next() } catch let error as DatabaseError
            where StoreError.code(of: error.extendedResultCode, isCommitting: false) == .damaged
        {
            throw StoreError(.damaged, "line \(count + 1) of the journal cannot be read: \(StoreError.reason(error))")
        }
    }

    /// - Throws: `StoreError`: a line has a digest of its own, so that it is known by itself whether it was altered.
    private static func entry(_ row: Row, _ number: UInt64, _ chain: inout JournalChain) throws(StoreError) -> Entry {
        let (sequence, time, line, digest): (UInt64, UInt64, [UInt8], B256)
        do {
            (sequence, time, line, digest) = (try row.unsigned(0), try row.unsigned(1), try row.bytes(2), try row.digest(3))
        } catch {
            throw JournalChain.Break.form.error(line: number)  // a value of another type
        }
        guard sequence == number else { throw JournalChain.Break.form.error(line: number) }
        let json: JSON
        do throws(JournalChain.Break) {
            json = try chain.read(line)
        } catch {
            throw chain.digest == digest ? error.error(line: number) : JournalChain.Break.form.error(line: number)
        }
        guard chain.digest == digest else { throw JournalChain.Break.form.error(line: number) }
        return Entry(sequence: sequence, time: time, line: line, json: json)
    }

    /// Whether the newest line is what was written: the next will stand on it. The whole of a journal can be gigabytes.
    static func verifyNewest(_ db: Database) throws {
        guard let row = try Row.fetchOne(db, sql: "SELECT line, digest, sequence FROM journal ORDER BY sequence DESC LIMIT 1")
        else {
            return
        }
        let sequence = try row.integer(2)
        // The next line is numbered after it.
        guard sequence > 0, sequence < .max, Keccak256.hash(try row.text(0)) == (try row.digest(1)) else {
            throw StoreError(.damaged, "line \(sequence) of the journal is not what was written")
        }
    }
}
