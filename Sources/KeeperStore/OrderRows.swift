import EthCodec
import Foundation
import GRDB
import KeeperCore

/// Requests of operators, with their answers.
enum OrderRows {
    static func place(_ request: OperatorRequest, at time: UInt64, in db: Database) throws -> UInt64 {
        try db.execute(
            sql: "INSERT INTO request (time, request) VALUES (?, ?)", arguments: [Int64(time), try text(of: request)])
        return UInt64(db.lastInsertedRowID)
    }

    /// Those without an answer. One that this version cannot read is left to the one that can.
    static func open(_ db: Database) throws -> [(id: UInt64, request: OperatorRequest)] {
        let statement = try db.cachedStatement(sql: "SELECT id, request FROM request WHERE answer IS NULL AND id > 0 ORDER BY id")
        return try Row.fetchAll(statement).compactMap { row in
            let text = try row.text(1)
            // See above.
            return try (try? JSONDecoder().decode(OperatorRequest.self, from: Data(text.utf8))).map { (try row.unsigned(0), $0) }
        }
    }

    static func answer(_ id: UInt64, _ answer: OperatorAnswer, in db: Database) throws {
        try db.execute(
            sql: "UPDATE request SET answer = ? WHERE id = ? AND answer IS NULL", arguments: [try text(of: answer), Int64(id)])
    }

    /// - Returns: `nil` while there is none.
    static func answer(to id: UInt64, _ db: Database) throws -> OperatorAnswer? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT answer FROM request WHERE id = ? AND answer IS NOT NULL", arguments: [Int64(id)])
        else { return nil }
        do { return try JSONDecoder().decode(OperatorAnswer.self, from: Data(try row.text(0).utf8)) } catch {
            throw StoreError(.damaged, "an answer to an operator is not of the form that this version writes")
        }
    }

    /// - Returns: whether it was still open.
    static func withdraw(_ id: UInt64, in db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM request WHERE id = ? AND answer IS NULL", arguments: [Int64(id)])
        return db.changesCount > 0
    }

    private static func text(of value: some Encodable) throws -> String { try JournalRecord.json(value).sortedText }
}
