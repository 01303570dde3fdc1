import GRDB
import KeeperCore

extension StoreError {
    /// What an error means for the caller.
    /// - Parameter isCommitting: whether it came from the commit of a transaction.
    init(_ error: any Error, _ place: StorePlace, isCommitting: Bool = false) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError:
            let code = Self.code(of: error.extendedResultCode, isCommitting: isCommitting)
            self.init(code, "the store \(place.path): \(Self.reason(error))")
        default:
            // GRDB's own: a value is not of the type that the schema says.
            self.init(isCommitting ? .notCertain : .damaged, "the store \(place.path): \(error)")
        }
    }

    /// SQLite's words, on one line: of a damaged schema it shows the text.
    static func reason(_ error: DatabaseError) -> String {
        let text = error.message ?? "SQLite's error \(error.extendedResultCode.rawValue)"
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What a result of SQLite means (sqlite.org/rescode.html).
    static func code(of result: ResultCode, isCommitting: Bool) -> Code {
        guard isCommitting else {
            return switch result.primaryResultCode {
            // Our statements are always the same: one that SQLite does not understand speaks of tables that are not there any more.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_FORMAT: .damaged
            default: .failed
            }
        }
        // A commit ends with the frame that makes all frames before it count, and then waits for the disk. Only where this frame was
        // not written whole is it certain that nothing counts; after that the next process may find the transaction, or not.
        switch result {
        case .SQLITE_FULL, .SQLITE_IOERR_WRITE: return .failed
        default: break
        }
        return switch result.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_CONSTRAINT, .SQLITE_READONLY: .failed
        default: .notCertain
        }
    }
}
