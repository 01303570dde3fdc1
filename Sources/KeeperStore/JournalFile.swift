public import KeeperCore

/// A decision log, wherever it is kept: the journal of a store, or a file of lines as `dry-run --decisions` and
/// `store export --journal` write them, told apart by their first bytes. It is read, also beside who writes it, and never altered.
public struct JournalFile: Sendable {
    private enum Form { case store, lines }

    /// The file, without symbolic links.
    public let path: String
    private let form: Form
    /// Whether it is the journal of a store.
    public var isStore: Bool { form == .store }

    /// - Throws: `StoreError`: `.failed` if there is no such file, or it cannot be read; `.damaged` if it is no decision log; `.newer`.
    public init(path: String) throws(StoreError) {
        guard let facts = StorePlace.facts(path), facts.isFile else {
            throw StoreError(.failed, "there is no journal at \(path)")
        }
        let place = try StorePlace(path)
        self.path = place.path
        form = try Self.form(of: place)
        if form == .store { _ = try StoreFile(path: place.path) }
    }

    /// Hands on all lines, each once it was found to follow the one before. An altered line is found by its own digest in a store; in a
    /// file of lines often only by the line after it, so that the newest line is certain only for who knows its digest.
    /// - Throws: `StoreError`, `.damaged`, at the first that does not follow; what came before is right. And what the body throws.
    @discardableResult
    public func each(_ body: (JournalLine) throws -> Void) throws -> JournalEnd {
        switch form {
        case .store: try rows(body)
        case .lines: try lines(body)
        }
    }

    private func rows(_ body: (JournalLine) throws -> Void) throws -> JournalEnd {
        var count: UInt64 = 0
        // Errors of the body are not the store's.
        var thrown: (any Error)?
        do throws(StoreError) {
            let file = try StoreFile(path: path)
            let digest = try file.read { db in
                try JournalRows.each(db) { entry in
                    count = entry.sequence
                    do { try body(JournalLine(number: count, bytes: entry.line, json: entry.json)) } catch {
                        thrown = error
                        throw error
                    }
                }
            }
            return JournalEnd(lines: count, digest: digest)
        } catch {
            throw thrown ?? error
        }
    }

    private func lines(_ body: (JournalLine) throws -> Void) throws -> JournalEnd {
        var reader = JournalReader()
        let pieces = try FilePieces(path: path, size: Self.pieceSize)
        var thrown: (any Error)?
        do {
            while case let piece = try pieces.next(), !piece.isEmpty {
                try reader.take(piece[...]) { line in
                    do { try body(line) } catch {
                        thrown = error
                        throw error
                    }
                }
            }
            return try reader.finish()
        } catch let error as StoreError where thrown == nil && error.code == .damaged {
            throw StoreError(.damaged, "\(path): \(error.description)")
        }
    }

    /// Bytes that are read at once.
    private static let pieceSize = 1 << 18

    /// The first bytes of every SQLite database (sqlite.org/fileformat.html).
    private static let magic = Array("SQLite format 3\0".utf8)

    private static func form(of place: StorePlace) throws(StoreError) -> Form {
        // Who has a store open, perhaps this process, has its log beside it: the file is not opened then, as closing it would drop the
        // locks that SQLite holds on it for this process (fcntl(2)).
        if StorePlace.facts(place.log) != nil { return .store }
        let first = try FilePieces(path: place.path, size: magic.count).next()
        if first == magic { return .store }
        // Each line of a decision log begins like this.
        guard first.starts(with: "{\"".utf8.prefix(first.count)) else {
            throw StoreError(.damaged, "\(place.path) is neither a store of a keeper nor a decision log")
        }
        return .lines
    }
}
