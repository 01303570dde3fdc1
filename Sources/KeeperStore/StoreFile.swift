import GRDB
public import KeeperCore
public import KeeperTransactions

/// A store as tools see it: it is read, also beside the keeper that has it, and never altered.
public final class StoreFile {
    /// The file, without symbolic links.
    public var path: String { place.path }

    let place: StorePlace
    private let queue: DatabaseQueue
    /// What the file was when nobody had it open; `nil` if somebody has it, or a crash left a log.
    private let atRest: StorePlace.Facts?

    /// - Throws: `StoreError`: `.failed` if there is no such file, `.damaged` if it is no store, `.newer`.
    public init(path: String) throws(StoreError) {
        let place = try StorePlace(path)
        guard let facts = StorePlace.facts(place.path), facts.isFile else {
            throw StoreError(.failed, "there is no store at \(path)")
        }
        self.place = place
        atRest = StorePlace.facts(place.log) == nil ? facts : nil
        do {
            queue = try Self.open(place, asIs: atRest != nil)
            try queue.read { try StoreConnection.checkOwner($0, place, mayBeNew: false) }
        } catch {
            throw StoreError(error, place).named(place)
        }
    }

    /// A connection that cannot write.
    /// - Parameter asIs: whether the file is all there is to read: no file is made beside it then, and its folder may be read-only.
    private static func open(_ place: StorePlace, asIs: Bool) throws -> DatabaseQueue {
        let configuration = StoreConnection.configuration(readonly: true)
        guard asIs else { return try DatabaseQueue(path: place.path, configuration: configuration) }
        return try DatabaseQueue(path: uri(place.path) + "?immutable=1", configuration: configuration)
    }

    /// The path as SQLite's file name with parameters (sqlite.org/uri.html).
    static func uri(_ path: String) -> String {
        var out = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return out
    }

    /// Reads at one moment of the store's life.
    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        try use { try $0.read(body) }
    }

    /// - Throws: `StoreError`, `.failed` if what was read may be of two moments.
    func use<T>(_ body: (DatabaseQueue) throws -> T) throws(StoreError) -> T {
        let result = Result { try body(queue) }
        // A keeper that began meanwhile may have written beneath a reader who took the file as it was.
        if let atRest, StorePlace.facts(place.path) != atRest || StorePlace.facts(place.log) != nil {
            throw StoreError(.failed, "the store \(place.path) was opened by a keeper meanwhile: ask again")
        }
        do { return try result.get() } catch { throw StoreError(error, place).named(place) }
    }

    /// The accounts that have records.
    /// - Throws: `StoreError`.
    public func accounts() throws(StoreError) -> [StoreAccount] { try read { try AccountRows.all($0).map(\.account) } }

    /// The records of an account in the order of their writing.
    /// - Throws: `StoreError`.
    public func records(of account: StoreAccount) throws(StoreError) -> [KeeperTransactions.Record] {
        try read { try RecordRows.all(of: account, $0) }
    }
}
