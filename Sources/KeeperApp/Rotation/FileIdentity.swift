import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Which file a path leads to, through whatever links, and in which state: it is another one when any of this is.
///
/// A file that is written anew has another time, one that is put in the place of another has another inode, and of a mounted Kubernetes secret
/// the link `..data` leads elsewhere.
struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    /// Nanoseconds of the last change of its content, and of whatever is known of it.
    private let modified: Int64
    private let changed: Int64

    /// `nil` if there is no such file, or nobody may look.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let (modification, change) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modification, change) = (status.st_mtim, status.st_ctim)
        #endif
        modified = Int64(modification.tv_sec) &* 1_000_000_000 &+ Int64(modification.tv_nsec)
        changed = Int64(change.tv_sec) &* 1_000_000_000 &+ Int64(change.tv_nsec)
    }
}
