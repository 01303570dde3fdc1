import GRDB
public import KeeperCore

/// Where an operator leaves requests, from outside of the process that has the store. Nothing else of the store is altered.
public final class OrderCounter: Sendable {
    private let place: StorePlace
    private let queue: DatabaseQueue

    /// - Parameter path: of a store that is there, written by this version.
    /// - Throws: `StoreError`: `.failed` if there is none, or its schema is that of another version; `.damaged`, `.newer`.
    public init(path: String) throws(StoreError) {
        // It says in its own words what is no store.
        place = try StoreFile(path: path).place
        do {
            queue = try DatabaseQueue(path: place.path, configuration: StoreConnection.configuration(readonly: false))
            let place = place
            try queue.read { db in
                try StoreConnection.checkOwner(db, place, mayBeNew: false)
                guard try Migrations.migrator.hasCompletedMigrations(db) else {
                    throw StoreError(
                        .failed, "the store is of an older version: it takes requests once its keeper has begun with this one")
                }
            }
        } catch {
            throw StoreError(error, place).named(place)
        }
    }

    /// Leaves a request.
    /// - Returns: its number.
    /// - Throws: `StoreError`.
    public func place(_ request: OperatorRequest, now: UInt64 = TimeSource.wallSeconds) throws(StoreError) -> UInt64 {
        try write { try OrderRows.place(request, at: now, in: $0) }
    }

    /// The answer to a request; `nil` while there is none.
    /// - Throws: `StoreError`.
    public func answer(to id: UInt64) throws(StoreError) -> OperatorAnswer? {
        do { return try queue.read { try OrderRows.answer(to: id, $0) } } catch { throw StoreError(error, place).named(place) }
    }

    /// Takes a request back.
    /// - Returns: whether it had no answer yet.
    /// - Throws: `StoreError`.
    public func withdraw(_ id: UInt64) throws(StoreError) -> Bool { try write { try OrderRows.withdraw(id, in: $0) } }

    private func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do { return try queue.write(body) } catch { throw StoreError(error, place).named(place) }
    }
}
