import Foundation

/// Counts what a running process commits to its store, without taking part: the number stands in the header of the index that SQLite
/// shares among the users of a write-ahead log (sqlite.org/walformat.html, `iChange`). It is raised when a commit is durable.
final class StoreWatch: Sendable {
    private let descriptor: Int32

    /// `nil` while nobody has the store open.
    init?(_ store: URL) {
        descriptor = open(store.path + "-shm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Only differences have a meaning. The file is read, not mapped: whoever opens the store next may cut it.
    var commits: UInt32 {
        var word: UInt32 = 0
        return pread(descriptor, &word, 4, 8) == 4 ? word : 0
    }
}
