public import EthCodec
import EthPrimitives
import GRDB
public import KeeperCore

extension StoreFile {
    /// The newest lines of the journal, those written from a time on, in their order. Each is checked by its own digest, not against
    /// the lines before.
    /// - Parameter time: unix seconds, by the wall.
    /// - Throws: `StoreError`, `.damaged` at a line that is not what was written.
    public func journal(since time: UInt64) throws(StoreError) -> [JSON] {
        try read { try JournalRows.newest($0, since: time) }
    }
}

extension JournalRows {
    /// From the end on, so that a long journal costs no more than what is asked of it.
    fileprivate static func newest(_ db: Database, since time: UInt64) throws -> [JSON] {
        var lines: [JSON] = []
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sequence, time, CAST(line AS BLOB), digest FROM journal ORDER BY sequence DESC")
        while let row = try rows.next(), try row.unsigned(1) >= time {
            let line = try row.bytes(2)
            guard Keccak256.hash(line) == (try row.digest(3)) else {
                throw StoreError(.damaged, "line \(try row.unsigned(0)) of the journal is not what was written")
            }
            lines.append(try JSONScanner.parse(line))
        }
        return lines.reversed()
    }
}
