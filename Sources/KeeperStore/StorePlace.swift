import Glibc
import KeeperCore

/// Where a store is. The same file has one place, whichever way leads to it: so that it has one lock.
struct StorePlace {
    /// The file, without symbolic links.
    let path: String

    var folder: String {
        let parts = path.split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }

    var lock: String { path + ".lock" }
    /// The write-ahead log: there while somebody has the store open, and after a crash.
    var log: String { path + "-wal" }

    /// - Throws: `StoreError` where no store can be.
    init(_ path: String) throws(StoreError) {
        if let whole = Self.real(path) {
            self.path = whole
            return
        }
        let cut = path.lastIndex(of: "/")
        let name = cut.map { path[path.index(after: $0)...] } ?? path[...]
        let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard let folder = Self.real(folder) else { throw StoreError(.failed, "the folder of the store \(path) is not there") }
        self.path = folder + (folder.hasSuffix("/") ? "" : "/") + name
    }

    private static func real(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    /// What the system says of a file. It is asked by name: closing a descriptor of a database would drop the locks that SQLite holds on it
    /// for this process (fcntl(2)).
    struct Facts: Equatable {
        var bytes: UInt64
        var isFile: Bool
        /// Of the last change.
        var seconds: Int
        var nanoseconds: Int
        var node: UInt64
    }

    /// `nil` if there is nothing.
    static func facts(_ path: String) -> Facts? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Facts(
            bytes: UInt64(max(0, status.st_size)), isFile: status.st_mode & S_IFMT == S_IFREG, seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec, node: UInt64(status.st_ino))
    }

    /// Makes an empty file that only its owner reads, where there is none; SQLite takes it for an empty database, and gives its log the
    /// same rights.
    static func create(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            // Asked for by what it leads to, there was nothing.
            if errno == EEXIST { throw StoreError(.failed, "\(path) is a symbolic link to nothing: name the file itself") }
            throw StoreError(.failed, "cannot make the store \(path): \(String(cString: strerror(errno)).lowercased())")
        }
        close(descriptor)
    }
}
