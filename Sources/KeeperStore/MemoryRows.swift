import EthPrimitives
import Foundation
import GRDB
import KeeperCore

/// What keepers carry from tick to tick.
enum MemoryRows {
    static func set(_ bytes: [UInt8], of keeper: String, at time: UInt64, in db: Database) throws {
        // GRDB binds empty data as null.
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO memory (keeper, time, bytes, digest) VALUES (?, ?, coalesce(?, zeroblob(0)), ?)
                ON CONFLICT (keeper) DO UPDATE SET time = excluded.time, bytes = excluded.bytes, digest = excluded.digest
                """)
        try statement.execute(arguments: [keeper, Int64(time), Data(bytes), Data(digest(bytes, of: keeper).bytes)])
    }

    static func bytes(of keeper: String, _ db: Database) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT keeper, time, bytes, digest FROM memory WHERE keeper = ?")
        return try Row.fetchOne(statement, arguments: [keeper]).map { try Entry($0).bytes }
    }

    /// A memory that was found to be what was written.
    struct Entry {
        var keeper: String
        /// Unix seconds at which it was written.
        var time: UInt64
        var bytes: [UInt8]

        init(_ row: Row) throws {
            (keeper, time, bytes) = (try row.text(0), try row.unsigned(1), try row.bytes(2))
            guard try row.digest(3) == MemoryRows.digest(bytes, of: keeper) else {
                throw StoreError(.damaged, "the memory of \(keeper) is not what was written")
            }
        }
    }

    /// - Throws: `StoreError` at the first memory that is not what was written.
    static func all(_ db: Database) throws -> [Entry] {
        try Row.fetchAll(db, sql: "SELECT keeper, time, bytes, digest FROM memory ORDER BY keeper").map { try Entry($0) }
    }

    private static func digest(_ bytes: [UInt8], of keeper: String) -> B256 {
        Keccak256.hash(Array(keeper.utf8) + [0] + bytes)
    }
}
