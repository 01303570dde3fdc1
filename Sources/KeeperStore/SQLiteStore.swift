public import EthCodec
import GRDB
public import KeeperCore
public import KeeperTransactions
import Synchronization

/// The store in a file: SQLite with a write-ahead log, each append on the disk before it returns. For one process at a time, which holds
/// the lock `<path>.lock` as long as it has the store; tools read beside it (`StoreFile`). On a disk of this machine, not a shared one.
public final class SQLiteStore: Store {
    /// The file, without symbolic links.
    public var path: String { place.path }

    private let place: StorePlace
    /// Released last, after the database was closed.
    private let lock: StoreLock
    let queue: DatabaseQueue
    let now: @Sendable () -> UInt64
    /// Set when nobody knows what is durable, or a transaction could not be ended: from then on nothing is answered.
    private let fate = Mutex<StoreError?>(nil)

    /// Opens a store, or makes one where there is no file yet, and brings it up to this version's schema.
    /// - Parameters:
    ///   - path: the database; its folder must be there.
    ///   - now: unix seconds, of the time that is written beside records, for people.
    /// - Throws: `StoreError`: `.inUse`, `.newer`, `.damaged`, or `.failed` where the system refuses.
    public init(path: String, now: @escaping @Sendable () -> UInt64 = { TimeSource.wallSeconds }) throws(StoreError) {
        let place = try StorePlace(path)
        lock = try StoreLock(place)
        self.place = place
        self.now = now
        if let facts = StorePlace.facts(place.path) {
            guard facts.isFile else { throw StoreError(.failed, "\(place.path) is no file") }
            // SQLite takes some shorter files for empty databases, and reads what is cut off as zeros; 512 bytes is its smallest page. What
            // a crash cut off, the log makes whole.
            let isWhole = facts.bytes % 512 == 0 || StorePlace.facts(place.log).map { $0.bytes > 0 } ?? false
            guard facts.bytes == 0 || (facts.bytes >= 512 && isWhole) else {
                throw StoreError(.damaged, "\(place.path) is no store of a keeper, or was cut off")
            }
        } else {
            try StorePlace.create(place.path)
        }
        do {
            queue = try DatabaseQueue(path: place.path, configuration: StoreConnection.configuration(readonly: false))
            try queue.writeWithoutTransaction { db in
                try StoreConnection.checkOwner(db, place, mayBeNew: true)
                try StoreConnection.makeDurable(db, place)
            }
            try Migrations.migrator.migrate(queue)
            try queue.read { try Integrity.requireSound($0) }
        } catch {
            throw StoreError(error, place).named(place)
        }
    }

    deinit {
        // The log is merged into the database; what fails here, the next process does when it opens the store.
        try? queue.close()
    }

    public func records(of account: StoreAccount) throws(StoreError) -> [KeeperTransactions.Record] {
        try read { try RecordRows.all(of: account, $0) }
    }

    public func append(_ records: [KeeperTransactions.Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
        let time = now()
        try write { db in
            try RecordRows.append(records, of: account, at: time, to: db)
            try JournalRows.append(journal, at: time, to: db)
        }
    }

    public func memory(of keeper: String) throws(StoreError) -> [UInt8]? { try read { try MemoryRows.bytes(of: keeper, $0) } }

    public func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) {
        let time = now()
        try write { try MemoryRows.set(bytes, of: keeper, at: time, in: $0) }
    }

    /// The lines of the journal from the first on, without their breaks.
    /// - Throws: `StoreError`, `.damaged` where a line does not follow the one before.
    public func journalLines() throws(StoreError) -> [[UInt8]] {
        try read { db in
            var lines: [[UInt8]] = []
            try JournalRows.each(db) { lines.append($0.line) }
            return lines
        }
    }

    /// Copies the store as it is now, while it is used, to a file that is not there yet.
    /// - Throws: `StoreError`.
    public func backup(to path: String) throws(StoreError) { try StoreFile(path: place.path).backup(to: path) }

    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try queue.read { db in
                try requireFate()
                return try body(db)
            }
        } catch {
            throw StoreError(error, place).named(place)
        }
    }

    /// One transaction, durable when it returns.
    func write(_ body: (Database) throws -> Void) throws(StoreError) {
        do {
            try queue.writeWithoutTransaction { db in
                try requireFate()
                var isCommitting = false
                do {
                    try db.beginTransaction(.immediate)
                    try body(db)
                    isCommitting = true
                    try db.commit()
                } catch {
                    let error = StoreError(error, place, isCommitting: isCommitting).named(place)
                    do { try db.rollback() } catch { seal(StoreError(.failed, "the store \(place.path) cannot go on: \(error)")) }
                    if !error.isCertain { seal(error) }
                    throw error
                }
            }
        } catch {
            throw StoreError(error, place)
        }
    }

    private func requireFate() throws(StoreError) { if let error = fate.withLock({ $0 }) { throw error } }

    private func seal(_ error: StoreError) { fate.withLock { $0 = error } }
}

extension StoreError {
    /// With the store's path, where the finding does not tell it.
    func named(_ place: StorePlace) -> StoreError {
        description.contains(place.path) ? self : StoreError(code, "the store \(place.path): \(description)")
    }
}
