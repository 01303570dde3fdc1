#if canImport(Glibc)
    import Glibc
#endif

/// A file that is written at its end.
final class WritableFile: Sendable {
    private let descriptor: Int32
    let path: String

    /// Creates a file that must not exist yet.
    /// - Parameter name: the path that it will be renamed to, which errors name.
    init(creating path: String, as name: String? = nil) throws(CassetteError) {
        self.path = name ?? path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ReadableFile.failure("cannot create \(path)") }
        try lock()
    }

    /// Goes on with a file.
    init(appendingTo path: String) throws(CassetteError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ReadableFile.failure("cannot write \(path)") }
        try lock()
        guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw ReadableFile.failure("cannot write \(path)") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Two writers would make a recording of neither.
    private func lock() throws(CassetteError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CassetteError(.unreadable, "cannot write \(path): another process is writing it")
        }
    }

    func write(_ bytes: [UInt8]) throws(CassetteError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ReadableFile.failure("cannot write \(path)") }
            done += count
        }
    }

    /// Cuts off what comes after an offset, and goes on there.
    func truncate(to offset: UInt64) throws(CassetteError) {
        guard let offset = Int(exactly: offset), ftruncate(descriptor, offset) == 0, lseek(descriptor, offset, SEEK_SET) == offset
        else { throw ReadableFile.failure("cannot shorten \(path)") }
    }

    /// Waits until the bytes are on the disk.
    func synchronize() throws(CassetteError) {
        guard fdatasync(descriptor) == 0 else { throw ReadableFile.failure("cannot write \(path)") }
    }
}
