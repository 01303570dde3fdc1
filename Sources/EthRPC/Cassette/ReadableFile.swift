#if canImport(Glibc)
    import Glibc
#endif

/// Bytes that are read piece by piece: a file, or an array.
final class ReadableFile {
    /// For errors.
    let path: String?
    private let descriptor: Int32
    private let bytes: [UInt8]
    /// In bytes, when it was opened.
    let size: UInt64

    init(path: String) throws(CassetteError) {
        // A pipe without a writer would keep the opening waiting; files do not mind.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure("cannot read the recording \(path)") }
        self.path = path
        bytes = []
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let error = CassetteError(.unreadable, "cannot read the recording \(path): it is no regular file")
            close(descriptor)
            throw error
        }
        size = UInt64(max(0, status.st_size))
    }

    init(bytes: [UInt8]) {
        path = nil
        descriptor = -1
        self.bytes = bytes
        size = UInt64(bytes.count)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What stands at an offset, at most `count` bytes; nothing at the end.
    func read(at offset: UInt64, count: Int) throws(CassetteError) -> [UInt8] {
        guard descriptor >= 0 else {
            guard offset < size else { return [] }
            return Array(bytes[Int(offset)..<min(bytes.count, Int(offset) + count)])
        }
        guard offset < UInt64(Int.max) else { return [] }
        var done = 0
        var problem: Int32 = 0
        let out = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, Int(offset) + done)
                if got < 0, errno == EINTR { continue }
                if got < 0 { problem = errno }
                if got <= 0 { break }
                done += got
            }
            initialized = done
        }
        guard problem == 0 else {
            throw CassetteError(.unreadable, "cannot read \(path ?? "the recording"): \(String(cString: strerror(problem)))")
        }
        return out
    }

    static func failure(_ what: String) -> CassetteError {
        CassetteError(.unreadable, "\(what): \(String(cString: strerror(errno)).lowercased())")
    }
}
