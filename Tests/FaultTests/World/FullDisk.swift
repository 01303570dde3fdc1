import Foundation
import KeeperCore

#if canImport(Glibc)
    import Glibc
#endif

/// A disk without room for a single line: a file in memory that was sealed against growing.
enum FullDisk {
    private typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
    /// Of `fcntl` and `memfd_create`, which the standard modules leave out.
    private static let (addSeals, sealGrow, allowSealing) = (Int32(1033), Int32(4), UInt32(2))

    static func journal() throws -> Journal {
        guard let symbol = dlsym(nil, "memfd_create") else { throw CocoaError(.featureUnsupported) }
        let descriptor = unsafeBitCast(symbol, to: Create.self)("full", allowSealing)
        guard descriptor >= 0, fcntl(descriptor, addSeals, sealGrow) == 0 else { throw CocoaError(.fileWriteUnknown) }
        // The log opens it anew.
        defer { close(descriptor) }
        return try Journal(path: "/proc/self/fd/\(descriptor)")
    }
}
