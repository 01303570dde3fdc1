import EthCodec
import GRDB
public import KeeperCore

/// What of a store is exported.
public enum StorePart: Sendable {
    /// A line for each record, account after account, then one for each line of the journal, each with its number and the time of its
    /// writing.
    case all
    /// The journal's lines as they are: a decision log in a file.
    case journal
}

extension StoreFile {
    /// Hands on all records and lines, as JSON with sorted keys, without line breaks.
    /// - Throws: `StoreError` at the first that is not what was written; what came before is right.
    public func export(_ part: StorePart, _ body: ([UInt8]) -> Void) throws(StoreError) {
        try read { db in
            if part == .all {
                for (_, account) in try AccountRows.all(db) {
                    try RecordRows.each(of: account, db) { body(line(of: $0, account)) }
                }
            }
            try JournalRows.each(db) { body(part == .all ? line(of: $0) : $0.line) }
        }
    }

    private func line(of entry: RecordRows.Entry, _ account: StoreAccount) -> [UInt8] {
        var writer = JSONWriter()
        writer.writeRaw(
            "{\"account\":\"\(account.address)\",\"chain\":\(account.chainID),\"kind\":\"record\",\"record\":\(entry.payload),\"sequence\":\(entry.sequence),\"time\":\(entry.time)}"
                .utf8)
        return writer.bytes
    }

    private func line(of entry: JournalRows.Entry) -> [UInt8] {
        var writer = JSONWriter()
        writer.writeRaw("{\"kind\":\"journal\",\"line\":")
        writer.writeRaw(entry.line)
        writer.writeRaw(",\"sequence\":\(entry.sequence),\"time\":\(entry.time)}".utf8)
        return writer.bytes
    }
}
